// How long a piece of work may still go on.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

#include "core/time.h"

namespace minato::harvest {

struct Patience {
  core::Deadline deadline = core::Deadline::max();
  const std::atomic<bool>* stop = nullptr;

  [[nodiscard]] bool is_stopped() const {
    return stop != nullptr && stop->load(std::memory_order_relaxed);
  }
  [[nodiscard]] bool is_over() const {
    return is_stopped() || std::chrono::steady_clock::now() >= deadline;
  }
  // Whether `ms` pass before the deadline does.
  [[nodiscard]] bool lasts(std::int64_t ms) const {
    if (deadline == core::Deadline::max()) return true;
    return deadline - std::chrono::steady_clock::now() >= std::chrono::milliseconds(ms);
  }
  // False: it was over before the time had passed.
  [[nodiscard]] bool sleep(std::int64_t us) const {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::microseconds(us);
    for (;;) {
      if (is_over()) return false;
      const auto left = until - Clock::now();
      if (left <= Clock::duration::zero()) return true;
      std::this_thread::sleep_for(std::min<Clock::duration>(left, std::chrono::milliseconds(50)));
    }
  }
};

}  // namespace minato::harvest
