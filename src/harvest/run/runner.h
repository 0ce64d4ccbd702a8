// Runs harvest jobs: gather, fetch and import, deletions, files. Every step leaves rows behind, so
// that another process can go on where this one ended.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"
#include "harvest/fetch/fetcher.h"
#include "harvest/sources/source.h"
#include "service/harvest/import.h"
#include "storage/blob_store.h"
#include "storage/catalog_store.h"
#include "storage/harvest_store.h"
#include "storage/table_store.h"

namespace minato::harvest {

struct RunnerOptions {
  std::int64_t job_timeout_s = 6 * 3600;  // deadline of a job, from its first start
  std::int64_t lease_s = 60;              // renewed every third of it
  std::int64_t max_records = 200'000;     // of one source
  std::int64_t max_file_bytes = 200'000'000;
  std::int64_t max_files = 20'000;  // fetched in one job
  std::int64_t batch = 100;         // records in one transaction
  std::int64_t keep_jobs = 30;      // history per source
  std::int64_t max_attempts = 5;    // of a record whose import broke off (crash)
  std::string default_schedule = "every 24h";
  std::string work_directory;  // for files while they are fetched; made when missing
  service::DeletionRules deletions;
  // What reads a source; empty: harvest::make_source.
  std::function<core::Result<std::unique_ptr<Source>>(const SourceContext&)> make_source;
  // Opens what HarvestStore::copy_to wrote; only dry_run() needs it.
  std::function<core::Result<std::unique_ptr<storage::HarvestStore>>(const std::string& path)>
      open_copy;
};

struct RunnerStores {
  storage::CatalogStore& catalog;
  storage::HarvestStore& harvest;
  storage::BlobStore& blobs;
  storage::TableStore& tables;
  const core::Clock& clock;
};

// What happens to a dataset in a dry run, or what became of it.
struct RecordNote {
  std::string source_name;
  std::string remote_id;
  service::ImportedRecord imported;
};

struct RunCallbacks {
  std::function<void(const core::HarvestJob&)> progress;  // often; counts as far as they are
  std::function<void(const RecordNote&)> record;          // every record that is not unchanged
};

struct RunResult {
  core::HarvestJob job;
  core::Error failure;  // why it failed as a whole, was aborted, or is not finished
  double seconds = 0;
};

// Thread-safe: run() for different sources may be called at the same time.
class Runner {
 public:
  Runner(const RunnerStores& stores, Fetcher& fetcher, RunnerOptions options)
      : stores_(stores), fetcher_(fetcher), options_(std::move(options)) {}

  // Creates the source's job, or takes up one that was left unfinished, and works on it until it is
  // finished, its deadline passes, its lease is lost or `stop` becomes true (then it stays
  // unfinished and somebody takes it up again). kConflict "harvest-job-running" when somebody else
  // is at it; "harvest-source-disabled" when it has no portal.
  core::Result<RunResult> run(const core::HarvestSource& source, std::string_view trigger,
                              const RunCallbacks& callbacks, const std::atomic<bool>& stop);
  // Gathers, fetches and compares; the catalogue and harvest.db stay as they are.
  core::Result<RunResult> dry_run(const core::HarvestSource& source, const RunCallbacks& callbacks,
                                  const std::atomic<bool>& stop);
  [[nodiscard]] const std::string& default_schedule() const { return options_.default_schedule; }

 private:
  RunnerStores stores_;
  Fetcher& fetcher_;
  RunnerOptions options_;
};

}  // namespace minato::harvest
