#include <gtest/gtest.h>

#include <stdexcept>

#include "service/harvest/sources.h"

namespace minato::service {
namespace {

core::Timestamp at(std::string_view text) { return core::parse_iso8601(text).value(); }

// The next time in Japan's clock.
std::string next(std::string_view schedule, std::string_view now) {
  const auto parsed = parse_schedule(schedule);
  if (!parsed) return parsed.error().id;
  const auto time = parsed->next(at(now));
  if (!time) return "never";
  return core::to_rfc3339({time->us + std::int64_t{9} * 3600 * 1'000'000}).substr(0, 16);
}

TEST(HarvestSchedule, ReadsCronInJapansTime) {
  EXPECT_EQ(next("30 3 * * *", "2026-11-20T03:30:00+09:00"), "2026-11-21T03:30");
  EXPECT_EQ(next("30 3 * * *", "2026-11-20T03:29:59+09:00"), "2026-11-20T03:30");
  EXPECT_EQ(next("30 3 * * *", "2026-11-19T20:00:00Z"), "2026-11-21T03:30");
  EXPECT_EQ(next("0 2 1 * *", "2026-12-15T00:00:00+09:00"), "2027-01-01T02:00");
  EXPECT_EQ(next("0 0 29 2 *", "2026-11-20T00:00:00+09:00"), "2028-02-29T00:00");
}

TEST(HarvestSchedule, ReadsListsRangesAndSteps) {
  // 2026-11-20 is a Friday.
  EXPECT_EQ(next("0 4 * * 1-5", "2026-11-20T05:00:00+09:00"), "2026-11-23T04:00");
  EXPECT_EQ(next("0 4 * * 0,6", "2026-11-20T05:00:00+09:00"), "2026-11-21T04:00");
  EXPECT_EQ(next("0 4 * * 7", "2026-11-20T05:00:00+09:00"), "2026-11-22T04:00");
  EXPECT_EQ(next("*/20 * * * *", "2026-11-20T05:01:00+09:00"), "2026-11-20T05:20");
  EXPECT_EQ(next("5-59/30 9-17/4 * * *", "2026-11-20T09:06:00+09:00"), "2026-11-20T09:35");
  EXPECT_EQ(next("15 10/6 * * *", "2026-11-20T11:00:00+09:00"), "2026-11-20T16:15");
  EXPECT_EQ(next("0 0 1,15 1-3 *", "2026-11-20T11:00:00+09:00"), "2027-01-01T00:00");
}

TEST(HarvestSchedule, TakesEitherDayWhenBothAreRestricted) {
  EXPECT_EQ(next("0 0 13 * 5", "2026-11-20T12:00:00+09:00"), "2026-11-27T00:00");
  EXPECT_EQ(next("0 0 25 * 5", "2026-11-20T12:00:00+09:00"), "2026-11-25T00:00");
}

TEST(HarvestSchedule, ReadsIntervals) {
  EXPECT_EQ(next("every 6h", "2026-11-20T00:00:00+09:00"), "2026-11-20T06:00");
  EXPECT_EQ(next("Every 90m ", "2026-11-20T00:00:00+09:00"), "2026-11-20T01:30");
  EXPECT_EQ(next("every 7d", "2026-11-20T00:00:00+09:00"), "2026-11-27T00:00");
  EXPECT_EQ(next("manual", "2026-11-20T00:00:00+09:00"), "never");
}

TEST(HarvestSchedule, RefusesWhatItCannotRead) {
  for (const char* text : {"",
                           "daily",
                           "every",
                           "every h",
                           "every 0h",
                           "every -1h",
                           "every 5s",
                           "every 999999999999h",
                           "every 400d",
                           "* * * *",
                           "* * * * * *",
                           "60 * * * *",
                           "* 24 * * *",
                           "* * 0 * *",
                           "* * * 13 *",
                           "* * * * 8",
                           "5-1 * * * *",
                           "*/0 * * * *",
                           "a * * * *",
                           "1,,2 * * * *",
                           "1, * * * *",
                           "0 0 31 2 *",
                           "0 0 30 2 *"}) {
    EXPECT_EQ(next(text, "2026-11-20T00:00:00Z"), "harvest-schedule") << text;
  }
}

}  // namespace
}  // namespace minato::service
