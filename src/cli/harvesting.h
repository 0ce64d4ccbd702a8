// Harvesting inside the server: the scheduler, what it logs, and its figures.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "cli/application.h"
#include "cli/harvest/wiring.h"
#include "core/error.h"
#include "core/time.h"
#include "harvest/run/scheduler.h"
#include "http/metrics.h"
#include "service/harvest/sources.h"
#include "storage/sqlite/open_storage.h"

namespace minato::cli {

// Sources for the publishers of the file that have none yet; a file that is missing is no error.
core::Result<void> load_harvest_sources(const std::string& csv_file,
                                        const service::HarvestStores& stores);

class Harvesting {
 public:
  // Errors of make_harvest_parts(). REQUIRES: storage and clock outlive it.
  static core::Result<std::unique_ptr<Harvesting>> make(const ApplicationOptions& options,
                                                        storage::sqlite::Storage& storage,
                                                        const core::Clock& clock);
  // REQUIRES: called once, before start(); the metrics are not rendered after this has gone.
  void add_figures(http::Metrics& metrics);
  void start();
  // Interrupts what runs; it stays unfinished and is taken up again.
  void stop();

 private:
  Harvesting(const ApplicationOptions& options, storage::sqlite::Storage& storage,
             const core::Clock& clock, HarvestParts parts);
  void log_end(const core::HarvestSource& source,
               const core::Result<harvest::RunResult>& ended) const;
  void add_source_figures(http::Metrics& metrics);
  [[nodiscard]] harvest::Scheduler::Figures figures() const;

  storage::sqlite::Storage& storage_;
  const core::Clock& clock_;
  const core::Language log_language_;
  const std::int64_t max_parallel_;
  HarvestParts parts_;
  std::shared_ptr<harvest::Scheduler> scheduler_;  // null before start() and after stop()
  mutable std::mutex mutex_;                       // guards scheduler_
};

}  // namespace minato::cli
