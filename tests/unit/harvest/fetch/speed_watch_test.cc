#include "harvest/fetch/speed_watch.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

using std::chrono::seconds;
using Verdict = SpeedWatch::Verdict;

TransferLimits limits() {
  TransferLimits limits;
  limits.total_timeout_ms = 100'000;
  limits.min_bytes_per_second = 50;
  limits.speed_window_ms = 10'000;
  return limits;
}

TEST(SpeedWatch, JudgesEachWindowByItself) {
  const SpeedWatch::Clock::time_point start{};
  SpeedWatch watch(limits(), start);
  watch.add(100'000);
  EXPECT_EQ(watch.check(start + seconds(9)), Verdict::kFine);
  EXPECT_EQ(watch.check(start + seconds(10)), Verdict::kFine);
  watch.add(499);
  EXPECT_EQ(watch.check(start + seconds(19)), Verdict::kFine);
  EXPECT_EQ(watch.check(start + seconds(20)), Verdict::kTooSlow);
}

TEST(SpeedWatch, TellsSilenceFromSlowness) {
  const SpeedWatch::Clock::time_point start{};
  SpeedWatch silent(limits(), start);
  EXPECT_EQ(silent.check(start + seconds(10)), Verdict::kSilent);
  SpeedWatch slow(limits(), start);
  slow.add(1);
  EXPECT_EQ(slow.check(start + seconds(10)), Verdict::kTooSlow);
}

TEST(SpeedWatch, EndsEvenTheFastest) {
  const SpeedWatch::Clock::time_point start{};
  SpeedWatch watch(limits(), start);
  watch.add(1'000'000'000);
  EXPECT_EQ(watch.check(start + seconds(99)), Verdict::kFine);
  EXPECT_EQ(watch.check(start + seconds(100)), Verdict::kTimeout);
}

}  // namespace
}  // namespace minato::harvest
