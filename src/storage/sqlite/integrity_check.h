// Reading the whole catalogue file to find damage.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/error.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// What is wrong with the file, one sentence each, at most 20; empty: it is sound. Reads it all, so
// it takes a while; ends with kDeadline once `stop` is true.
core::Result<std::vector<std::string>> check_integrity(ConnectionOptions options,
                                                       const std::atomic<bool>& stop);

// Runs work on a thread of its own and stops it when destroyed.
class BackgroundTask {
 public:
  using Work = std::function<void(const std::atomic<bool>& stop)>;
  explicit BackgroundTask(Work work);
  ~BackgroundTask();
  BackgroundTask(const BackgroundTask&) = delete;
  BackgroundTask& operator=(const BackgroundTask&) = delete;

 private:
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace minato::storage::sqlite
