#include "harvest/fetch/retry.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

const core::Timestamp kNow = core::parse_iso8601("2026-11-20T08:00:00Z").value();

TEST(RetryAfter, ReadsSeconds) {
  EXPECT_EQ(parse_retry_after("0", kNow), 0);
  EXPECT_EQ(parse_retry_after("120", kNow), 120'000);
  EXPECT_GT(parse_retry_after("99999999999999999999999", kNow), 1'000'000'000);
}

TEST(RetryAfter, ReadsDates) {
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 2026 08:00:30 GMT", kNow), 30'000);
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 2026 07:00:00 GMT", kNow), 0);
}

TEST(RetryAfter, IgnoresWhatItCannotRead) {
  for (const char* text : {"", "-5", "soon", "5 s", "1.5"}) {
    EXPECT_FALSE(parse_retry_after(text, kNow)) << text;
  }
}

TEST(Backoff, DoublesUpToItsCap) {
  EXPECT_EQ(backoff_ms(0, 1'000, 60'000, 0), 1'000);
  EXPECT_EQ(backoff_ms(1, 1'000, 60'000, 0), 2'000);
  EXPECT_EQ(backoff_ms(3, 1'000, 60'000, 0), 8'000);
  EXPECT_EQ(backoff_ms(30, 1'000, 60'000, 0), 60'000);
}

TEST(Backoff, TakesOffUpToHalf) {
  EXPECT_EQ(backoff_ms(0, 1'000, 60'000, 0.5), 750);
  EXPECT_GT(backoff_ms(0, 1'000, 60'000, 0.999), 500);
}

}  // namespace
}  // namespace minato::harvest
