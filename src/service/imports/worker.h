// The threads that work on import jobs, and running one job.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "service/imports/import_run.h"
#include "service/imports/imports.h"

namespace minato::service {

// Thread-safe.
class Imports::Worker {
 public:
  Worker(const ImportServices& services, const ImportOptions& options)
      : services_(services), options_(options) {}
  ~Worker() { stop(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start();
  void stop();
  // A job came, or was confirmed.
  void wake();
  // Until something may have changed, at most that long.
  void wait_a_little(std::chrono::milliseconds at_most);
  core::Result<storage::ImportJob> run(std::string_view id, const JobProgress& progress);

 private:
  void work(bool first);
  bool take_one();
  // The job's end, or its state after others took it over.
  core::Result<storage::ImportJob> carry_out(storage::ImportJob job, const std::string& owner,
                                             const JobProgress& progress);
  core::Result<void> import(storage::ImportJob& job, const std::string& owner,
                            const JobProgress& progress);
  void finish(const storage::ImportJob& job);
  core::Result<bool> run_one_ahead(const storage::ImportJob& job);
  core::Result<void> free_dead_jobs();
  core::Result<void> adopt_files();
  core::Result<void> adopt_file(const std::string& resource_id);
  core::Result<std::optional<storage::ImportJob>> claim(const std::string& owner,
                                                        const std::string& id);
  void log(const core::Error& error) const;

  const ImportServices services_;
  const ImportOptions& options_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;  // guards the two below
  std::condition_variable wake_;
  std::uint64_t changes_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace minato::service
