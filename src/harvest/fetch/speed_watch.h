// Tells when a transfer takes too long or trickles too slowly.
#pragma once

#include <chrono>
#include <cstdint>

#include "harvest/fetch/transfer_limits.h"

namespace minato::harvest {

class SpeedWatch {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Verdict { kFine, kTimeout, kSilent, kTooSlow };

  SpeedWatch(const TransferLimits& limits, Clock::time_point start)
      : limits_(limits), start_(start), window_start_(start) {}

  void add(std::size_t bytes) { arrived_ += static_cast<std::int64_t>(bytes); }
  // kSilent: not one byte within the first window.
  Verdict check(Clock::time_point now);

 private:
  const TransferLimits limits_;
  const Clock::time_point start_;
  Clock::time_point window_start_;
  std::int64_t arrived_ = 0;
  std::int64_t window_arrived_ = 0;  // `arrived_` when the window began
};

}  // namespace minato::harvest
