#include "core/time.h"

#include <gtest/gtest.h>

#include <random>

namespace minato::core {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

TEST(CkanTime, AlwaysHasSixDigitsAndNoZone) {
  EXPECT_EQ(to_ckan_time({0}), "1970-01-01T00:00:00.000000");
  EXPECT_EQ(to_ckan_time({1'445'611'873 * kSecond + 282'361}), "2015-10-23T14:51:13.282361");
  EXPECT_EQ(to_ckan_time({-1}), "1969-12-31T23:59:59.999999");
}

TEST(Rfc3339, IsUtcInSeconds) {
  EXPECT_EQ(to_rfc3339({951'782'400 * kSecond + 5}), "2000-02-29T00:00:00Z");
}

TEST(HttpDate, IsTheExampleOfTheRfc) {
  EXPECT_EQ(to_http_date({784'111'777 * kSecond}), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Iso8601, ReadsDatesAndTimesWithZones) {
  const auto us = [](std::string_view text) { return parse_iso8601(text).value().us; };
  EXPECT_EQ(us("2000-02-29"), 951'782'400 * kSecond);
  EXPECT_EQ(us("2000-02-29T09:00:00+09:00"), 951'782'400 * kSecond);
  EXPECT_EQ(us("2000-02-28T19:00:00-0500"), 951'782'400 * kSecond);
  EXPECT_EQ(us("2000-02-29 00:00Z"), 951'782'400 * kSecond);
  EXPECT_EQ(us("2000-02-29T00:00:00.5"), 951'782'400 * kSecond + 500'000);
  EXPECT_EQ(us("2000-02-29T00:00:00.1234567Z"), 951'782'400 * kSecond + 123'456);
  EXPECT_EQ(us("1998-12-31T23:59:60Z"), us("1999-01-01T00:00:00Z"));
}

TEST(Iso8601, RefusesWhatIsNoDate) {
  for (const char* text :
       {"", "2023-02-29", "2023-13-01", "2023-1-1", "20230101", "2023-01-01T", "2023-01-01T25:00",
        "2023-01-01T10:60", "2023-01-01T10:00:00.", "2023-01-01T10:00:00+25:00", "0000-01-01",
        "2023-01-01T10:00:00 JST", "2023-01-01x", "２０２３-01-01", "-2023-01-01"}) {
    EXPECT_FALSE(parse_iso8601(text)) << text;
  }
}

TEST(HttpDate, ReadsAllThreeFormsOfTheRfc) {
  const Timestamp expected{784'111'777 * kSecond};
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), expected);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), expected);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), expected);
  for (const char* text : {"", "Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 08:49:37 JST", "06 Nov 1994 08:49:37 GMT"}) {
    EXPECT_FALSE(parse_http_date(text)) << text;
  }
}

TEST(CkanTime, ReadsBackEqualForAnyMomentOfTheCalendar) {
  std::mt19937_64 random(20240401);
  std::uniform_int_distribution<std::int64_t> moments(-62'135'596'800 * kSecond,
                                                      253'402'300'799 * kSecond);
  for (int i = 0; i < 20'000; ++i) {
    const Timestamp time{moments(random)};
    ASSERT_EQ(parse_iso8601(to_ckan_time(time)), time) << time.us;
    const Timestamp second{(time.us / kSecond) * kSecond};
    ASSERT_EQ(parse_http_date(to_http_date(second)), second) << second.us;
  }
}

}  // namespace
}  // namespace minato::core
