// SIGINT and SIGTERM as a flag.
#pragma once

#include <atomic>
#include <csignal>
#include <thread>

namespace minato::cli {

// While it lives, the first SIGINT or SIGTERM raises the flag; a second one ends the process: who
// asks twice does not want to wait. REQUIRES: made before other threads (they inherit the mask).
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  [[nodiscard]] const std::atomic<bool>& stop() const { return stop_; }
  // The signal that came; 0: none.
  [[nodiscard]] int received() const { return received_.load(); }

 private:
  void watch();

  sigset_t signals_{};
  sigset_t before_{};
  std::atomic<bool> stop_{false};
  std::atomic<bool> done_{false};
  std::atomic<int> received_{0};
  std::thread thread_;
};

}  // namespace minato::cli
