#include "storage/sqlite/revision_watch.h"

#include <SQLiteCpp/Exception.h>

#include <utility>

namespace minato::storage::sqlite {

RevisionWatch::RevisionWatch(std::unique_ptr<Connection> connection,
                             std::chrono::milliseconds poll_interval)
    : poll_interval_(poll_interval), connection_(std::move(connection)) {
  poll();
}

std::uint64_t RevisionWatch::revision() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  if (now.count() >= next_poll_.load(std::memory_order_relaxed)) {
    next_poll_.store((now + poll_interval_).count(), std::memory_order_relaxed);
    poll();
  }
  return revision_.load(std::memory_order_acquire);
}

void RevisionWatch::raise(std::uint64_t revision) {
  std::uint64_t known = revision_.load(std::memory_order_relaxed);
  while (known < revision &&
         !revision_.compare_exchange_weak(known, revision, std::memory_order_release,
                                          std::memory_order_relaxed)) {
  }
}

void RevisionWatch::poll() {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return;
  try {
    const auto data_version = connection_->integer("PRAGMA data_version");
    if (data_version == data_version_) return;
    raise(static_cast<std::uint64_t>(connection_->integer("SELECT revision FROM catalog_state")));
    data_version_ = data_version;
  } catch (const SQLite::Exception&) {
    // Asked again at the next poll; a file that cannot be read fails every read() with its reason.
  }
}

}  // namespace minato::storage::sqlite
