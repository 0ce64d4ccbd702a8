#include "harvest/fetch/speed_watch.h"

namespace minato::harvest {

SpeedWatch::Verdict SpeedWatch::check(Clock::time_point now) {
  using std::chrono::milliseconds;
  if (now - start_ >= milliseconds(limits_.total_timeout_ms)) return Verdict::kTimeout;
  if (now - window_start_ < milliseconds(limits_.speed_window_ms)) return Verdict::kFine;
  if (arrived_ == 0) return Verdict::kSilent;
  const std::int64_t least = limits_.min_bytes_per_second * limits_.speed_window_ms / 1000;
  if (arrived_ - window_arrived_ < least) return Verdict::kTooSlow;
  window_start_ = now;
  window_arrived_ = arrived_;
  return Verdict::kFine;
}

}  // namespace minato::harvest
