#include "storage/sqlite/reader_pool.h"

#include <utility>

#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {

ReaderPool::Lease::~Lease() {
  if (connection_) pool_->give_back(std::move(connection_));
}

ReaderPool::ReaderPool(ConnectionOptions options, int max_connections)
    : options_(std::move(options)), not_opened_(max_connections) {
  idle_.reserve(static_cast<std::size_t>(max_connections));
}

core::Result<ReaderPool::Lease> ReaderPool::take(core::Deadline deadline) {
  std::unique_lock lock(mutex_);
  if (!freed_.wait_until(lock, deadline, [&] { return !idle_.empty() || not_opened_ > 0; })) {
    return core::fail(core::ErrorCode::kUnavailable, "catalog-readers-busy",
                      {"ただいま混み合っています。", "Too many reads are running."},
                      {"しばらく待ってから再度お試しください。", "Wait a little and try again."});
  }
  if (!idle_.empty()) {
    // The last one given back: its page cache is the warmest.
    Lease lease(*this, std::move(idle_.back()));
    idle_.pop_back();
    return lease;
  }
  --not_opened_;
  lock.unlock();
  auto opened = guarded([&]() -> core::Result<Lease> {
    return Lease(*this, std::make_unique<Connection>(options_));
  });
  if (!opened) {
    lock.lock();
    ++not_opened_;
    freed_.notify_one();
  }
  return opened;
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) noexcept {
  connection->set_deadline(std::nullopt);
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
  freed_.notify_one();
}

}  // namespace minato::storage::sqlite
