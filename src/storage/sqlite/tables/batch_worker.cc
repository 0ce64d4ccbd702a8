#include "storage/sqlite/tables/batch_worker.h"

#include <exception>
#include <utility>

namespace minato::storage::sqlite::tables {
namespace {

constexpr std::size_t kMaxWaiting = 4;

}  // namespace

BatchWorker::~BatchWorker() {
  {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
  }
  static_cast<void>(finish());
}

core::Result<void> BatchWorker::push(std::shared_ptr<const RowBatch> batch) {
  std::unique_lock lock(mutex_);
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.wait(lock, [&] { return waiting_.size() < kMaxWaiting || !result_; });
  if (!result_) return result_;
  waiting_.push_back(std::move(batch));
  changed_.notify_all();
  return {};
}

core::Result<void> BatchWorker::finish() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  return result_;
}

void BatchWorker::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return !waiting_.empty() || ended_; });
    if (waiting_.empty()) return;
    const auto batch = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    if (!result_) continue;
    lock.unlock();
    core::Result<void> done;
    try {
      done = work_(*batch);
    } catch (const std::exception& fault) {  // of memory; nothing else throws through `work`
      done = core::fail_internal(fault.what());
    }
    lock.lock();
    if (!done) result_ = std::move(done);
    changed_.notify_all();
  }
}

}  // namespace minato::storage::sqlite::tables
