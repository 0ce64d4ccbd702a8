#include "http/rate_limiter.h"

#include <gtest/gtest.h>

namespace minato::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RateLimiter::TimePoint kStart{seconds(1000)};

RateLimitOptions two_per_minute() {
  RateLimitOptions options;
  options.requests = 2;
  return options;
}

TEST(RateLimiter, RefusesBeyondTheBurstAndRefills) {
  RateLimiter limiter(two_per_minute());
  const auto first = limiter.take("192.0.2.1", kStart);
  EXPECT_TRUE(first.allowed);
  EXPECT_EQ(first.remaining, 1u);
  EXPECT_EQ(first.reset_seconds, 30u);
  EXPECT_TRUE(limiter.take("192.0.2.1", kStart).allowed);
  const auto refused = limiter.take("192.0.2.1", kStart);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_seconds, 30u);
  EXPECT_FALSE(limiter.take("192.0.2.1", kStart + seconds(29)).allowed);
  EXPECT_TRUE(limiter.take("192.0.2.1", kStart + milliseconds(30'001)).allowed);
  EXPECT_FALSE(limiter.take("192.0.2.1", kStart + seconds(31)).allowed);
}

TEST(RateLimiter, KeepsClientsApartByAddressAndIpv6Network) {
  RateLimiter limiter(two_per_minute());
  for (const char* address : {"2001:db8:1:2::1", "2001:db8:1:2:ffff::9"}) {
    EXPECT_TRUE(limiter.take(address, kStart).allowed);
  }
  EXPECT_FALSE(limiter.take("2001:db8:1:2::3", kStart).allowed);
  EXPECT_TRUE(limiter.take("2001:db8:1:3::1", kStart).allowed);
  EXPECT_TRUE(limiter.take("192.0.2.1", kStart).allowed);
}

TEST(RateLimiter, LeavesLoopbackAloneUnlessTold) {
  RateLimiter limiter(two_per_minute());
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(limiter.take("127.0.0.1", kStart).limited);
  RateLimitOptions options = two_per_minute();
  options.limit_loopback = true;
  RateLimiter strict(options);
  EXPECT_TRUE(strict.take("::1", kStart).limited);
}

TEST(RateLimiter, IsOffByDefault) {
  RateLimiter limiter({});
  EXPECT_FALSE(limiter.enabled());
  EXPECT_FALSE(limiter.take("192.0.2.1", kStart).limited);
}

TEST(RateLimiter, ForgetsTheLeastRecentlySeenWhenFull) {
  RateLimitOptions options = two_per_minute();
  options.max_addresses = 16;
  RateLimiter limiter(options);
  for (int i = 0; i < 3; ++i) (void)limiter.take("192.0.2.1", kStart);
  EXPECT_FALSE(limiter.take("192.0.2.1", kStart).allowed);
  for (int i = 0; i < 256 * 4; ++i) {
    (void)limiter.take("10.0." + std::to_string(i / 256) + "." + std::to_string(i % 256), kStart);
  }
  EXPECT_TRUE(limiter.take("192.0.2.1", kStart).allowed);
}

TEST(RateLimiter, GivesTextThatIsNoAddressOneBucket) {
  RateLimiter limiter(two_per_minute());
  EXPECT_TRUE(limiter.take("x", kStart).allowed);
  EXPECT_TRUE(limiter.take("", kStart).allowed);
  EXPECT_FALSE(limiter.take("y", kStart).allowed);
}

TEST(RateLimiter, WritesTheDraftsHeaders) {
  RateLimiter limiter(two_per_minute());
  Headers headers;
  (void)limiter.take("192.0.2.1", kStart);
  limiter.write_headers(limiter.take("192.0.2.1", kStart), headers);
  EXPECT_EQ(*headers.find("RateLimit-Policy"), "\"default\";q=2;w=60");
  EXPECT_EQ(*headers.find("RateLimit"), "\"default\";r=0;t=60");
  EXPECT_EQ(headers.find("Retry-After"), nullptr);
  limiter.write_headers(limiter.take("192.0.2.1", kStart), headers);
  EXPECT_EQ(*headers.find("Retry-After"), "30");
  Headers none;
  limiter.write_headers(limiter.take("::1", kStart), none);
  EXPECT_TRUE(none.all().empty());
}

}  // namespace
}  // namespace minato::http
