// A thread that does one thing with each batch of rows, in order.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "core/error.h"
#include "storage/sqlite/tables/row_batch.h"

namespace minato::storage::sqlite::tables {

// Used by one thread. After the first failure batches are dropped.
class BatchWorker {
 public:
  using Work = std::function<core::Result<void>(const RowBatch&)>;
  explicit BatchWorker(Work work) : work_(std::move(work)) {}
  ~BatchWorker();
  BatchWorker(const BatchWorker&) = delete;
  BatchWorker& operator=(const BatchWorker&) = delete;

  // Waits while the worker lags behind. Fails with what failed earlier.
  core::Result<void> push(std::shared_ptr<const RowBatch> batch);
  // Ends the thread after the last batch. When none was pushed there is no thread.
  core::Result<void> finish();

 private:
  void run();

  Work work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<const RowBatch>> waiting_;
  bool ended_ = false;
  core::Result<void> result_;
  std::thread thread_;
};

}  // namespace minato::storage::sqlite::tables
