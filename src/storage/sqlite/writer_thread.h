// The one thread of this process that writes to the catalogue.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/error.h"
#include "storage/catalog_store.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/dataset_indexer.h"
#include "storage/sqlite/search/search_index.h"

namespace minato::storage::sqlite {

// Changes that wait at the same time share one transaction, and so one fsync; each runs in a
// savepoint and has its own result. Thread-safe.
class WriterThread {
 public:
  using Change = std::function<core::Result<void>(CatalogWriter&)>;

  // Work of the store itself that needs no revision; runs between changes and once more at the end.
  struct Chore {
    std::function<bool()> due;
    std::function<void(Connection&)> run;  // inside a transaction
    std::chrono::milliseconds interval{5000};
  };

  // `committed` is told each new revision, on the writer thread, before the callers return.
  WriterThread(std::unique_ptr<Connection> connection, search::SearchIndex& index,
               std::function<void(std::uint64_t)> committed, Chore chore);
  // Ends after the changes that already wait.
  ~WriterThread();

  // Returns when the change is durable, or with its error or the engine's. What `change` throws is
  // thrown here. REQUIRES: not called from inside a change.
  core::Result<void> run(const Change& change);
  // Makes the thread look at the chore in time.
  void wake();

 private:
  struct Job {
    const Change* change = nullptr;
    core::Result<void> result;
    std::exception_ptr thrown;
    bool done = false;
  };

  void loop();
  // The next jobs; empty when it is time for the chore, or to end.
  std::vector<Job*> next_jobs();
  void commit_together(const std::vector<Job*>& jobs);
  core::Result<void> run_jobs(const std::vector<Job*>& jobs, std::int64_t revision);
  // A change that has the transaction for itself needs no savepoint.
  void run_job(Job& job, std::int64_t revision, bool is_alone);
  void run_chore();

  std::unique_ptr<Connection> connection_;
  search::SearchIndex& index_;
  DatasetIndexer indexer_;
  std::function<void(std::uint64_t)> committed_;
  Chore chore_;
  std::chrono::steady_clock::time_point next_chore_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable work_;
  std::condition_variable finished_;
  std::deque<Job*> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace minato::storage::sqlite
