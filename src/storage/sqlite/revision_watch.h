// The newest revision of the catalogue that this process knows of.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Thread-safe. Own commits are told to it; commits of other processes it finds by asking the file,
// at most once per `poll_interval`.
class RevisionWatch {
 public:
  RevisionWatch(std::unique_ptr<Connection> connection, std::chrono::milliseconds poll_interval);

  // Never waits for another thread. While the file cannot be asked, the last known revision.
  std::uint64_t revision();
  // Somebody saw this revision committed.
  void raise(std::uint64_t revision);

 private:
  void poll();

  const std::chrono::steady_clock::duration poll_interval_;
  std::atomic<std::uint64_t> revision_{0};
  std::atomic<std::chrono::steady_clock::rep> next_poll_{0};
  std::mutex mutex_;  // guards what follows
  std::unique_ptr<Connection> connection_;
  std::int64_t data_version_ = 0;
};

}  // namespace minato::storage::sqlite
