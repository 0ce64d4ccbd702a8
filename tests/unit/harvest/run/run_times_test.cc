#include "harvest/run/run_times.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

constexpr core::Timestamp kNow{1'790'000'000'000'000};
constexpr std::int64_t kHourUs = 3'600'000'000;
constexpr std::int64_t kDayUs = 24 * kHourUs;

core::HarvestSource source_with(const std::string& schedule) {
  core::HarvestSource source;
  source.id = "11111111-2222-4333-8444-555555555555";
  source.schedule = schedule;
  return source;
}

// Whole intervals until the next run, without the jitter of at most 5 % of one.
std::int64_t intervals(const core::HarvestSource& source, std::int64_t interval_us) {
  const auto next = *next_run(source, "manual", kNow);
  const std::int64_t ahead = next->us - kNow.us;
  EXPECT_LE(ahead % interval_us, interval_us / 20);
  return ahead / interval_us;
}

TEST(NextRun, IsOneIntervalAhead) {
  EXPECT_EQ(intervals(source_with("every 24h"), kDayUs), 1);
  EXPECT_EQ(intervals(source_with("every 6h"), 6 * kHourUs), 1);
}

TEST(NextRun, RunsWithoutChangesStretchTheIntervalUpToFourTimes) {
  core::HarvestSource source = source_with("every 24h");
  std::vector<std::int64_t> lengths;
  for (source.unchanged_runs = 0; source.unchanged_runs <= 12; source.unchanged_runs += 3) {
    lengths.push_back(intervals(source, kDayUs));
  }
  EXPECT_EQ(lengths, (std::vector<std::int64_t>{1, 2, 3, 4, 4}));
}

TEST(NextRun, FailuresBackOffUpToFourIntervals) {
  core::HarvestSource source = source_with("every 24h");
  std::vector<std::int64_t> lengths;
  for (source.failures = 1; source.failures <= 5; ++source.failures) {
    lengths.push_back(intervals(source, kDayUs));
  }
  EXPECT_EQ(lengths, (std::vector<std::int64_t>{1, 2, 4, 4, 4}));
}

TEST(NextRun, CronTimesAreKeptButForAFewMinutes) {
  core::HarvestSource source = source_with("30 3 * * *");
  source.unchanged_runs = 20;
  const auto next = **next_run(source, "manual", kNow);
  const std::int64_t of_day = (next.us + 9 * kHourUs) % kDayUs;  // in Japan
  EXPECT_GE(of_day, 3 * kHourUs + kHourUs / 2);
  EXPECT_LE(of_day, 3 * kHourUs + kHourUs / 2 + kHourUs / 12);
  EXPECT_LE(next.us - kNow.us, kDayUs + kHourUs);
  source.failures = 3;
  EXPECT_EQ(((**next_run(source, "manual", kNow)).us - next.us) / kDayUs, 3);
}

TEST(NextRun, TheJitterIsTheSameEveryTimeAndDiffersBetweenSources) {
  core::HarvestSource one = source_with("every 24h");
  core::HarvestSource other = one;
  other.id = "22222222-2222-4333-8444-555555555555";
  EXPECT_EQ(**next_run(one, "manual", kNow), **next_run(one, "manual", kNow));
  EXPECT_NE(**next_run(one, "manual", kNow), **next_run(other, "manual", kNow));
}

TEST(NextRun, ThereIsNoneForSourcesRunByHand) {
  EXPECT_FALSE((*next_run(source_with("manual"), "every 24h", kNow)).has_value());
  EXPECT_TRUE((*next_run(source_with(""), "every 24h", kNow)).has_value());
  EXPECT_FALSE(next_run(source_with("whenever"), "every 24h", kNow));
}

TEST(NoteCheck, UnchangedChecksDoubleTheIntervalUpToAMonth) {
  storage::HarvestFile file;
  std::vector<std::int64_t> hours;
  note_check(file, FileCheck::kChanged, kNow, 20 * kHourUs);
  for (int i = 0; i < 8; ++i) {
    hours.push_back((file.next_check->us - kNow.us) / kHourUs);
    note_check(file, FileCheck::kUnchanged, kNow, 20 * kHourUs);
  }
  EXPECT_EQ(hours, (std::vector<std::int64_t>{20, 40, 80, 160, 320, 640, 720, 720}));
}

TEST(NoteCheck, FailuresBackOffFromTheNextRunOn) {
  storage::HarvestFile file;
  std::vector<std::int64_t> hours;
  for (int i = 0; i < 3; ++i) {
    note_check(file, FileCheck::kFailed, kNow, 20 * kHourUs);
    hours.push_back((file.next_check->us - kNow.us) / kHourUs);
  }
  EXPECT_EQ(hours, (std::vector<std::int64_t>{20, 40, 80}));
  note_check(file, FileCheck::kUnchanged, kNow, 20 * kHourUs);
  EXPECT_EQ(file.failures, 0);
}

TEST(FirstCheck, ComesBeforeTheNextRun) {
  EXPECT_EQ(first_check_us(source_with("every 10h"), "", kNow), 8 * kHourUs);
  EXPECT_EQ(first_check_us(source_with("manual"), "", kNow), 20 * kHourUs);
}

}  // namespace
}  // namespace minato::harvest
