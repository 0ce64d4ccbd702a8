#include "http/rate_limiter.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <unordered_map>

namespace minato::http {
namespace {

constexpr std::size_t kShards = 16;

// One client: an IPv4 address, or the /64 that one IPv6 subscriber holds.
std::string bucket_key(const std::optional<IpAddress>& address) {
  if (!address) return {};
  const std::size_t bytes = address->is_ipv4() ? 16 : 8;
  return std::string(reinterpret_cast<const char*>(address->bytes.data()), bytes);
}

std::uint32_t whole_seconds(double seconds) {
  return static_cast<std::uint32_t>(std::ceil(std::max(0.0, seconds)));
}

}  // namespace

struct RateLimiter::Shard {
  struct Bucket {
    double tokens = 0;
    TimePoint filled;
    std::list<std::string>::iterator recency;
  };
  std::mutex mutex;
  std::unordered_map<std::string, Bucket> buckets;
  std::list<std::string> recent;  // the latest first
};

RateLimiter::RateLimiter(const RateLimitOptions& options)
    : options_(options),
      policy_("\"default\";q=" + std::to_string(options.requests) +
              ";w=" + std::to_string(options.window_seconds)) {
  options_.window_seconds = std::max<std::uint32_t>(1, options_.window_seconds);
  for (std::size_t i = 0; i < kShards; ++i) shards_.push_back(std::make_unique<Shard>());
}

RateLimiter::~RateLimiter() = default;

RateDecision RateLimiter::take(std::string_view address, TimePoint now) {
  if (!enabled()) return {};
  const std::optional<IpAddress> parsed = parse_address(address);
  if (parsed && parsed->is_loopback() && !options_.limit_loopback) return {};
  return take_from(bucket_key(parsed), now);
}

RateDecision RateLimiter::take_for(std::string_view client, std::string_view address,
                                   TimePoint now) {
  if (!enabled()) return {};
  const std::optional<IpAddress> parsed = parse_address(address);
  if (parsed && parsed->is_loopback() && !options_.limit_loopback) return {};
  return take_from("=" + std::string(client), now);
}

RateDecision RateLimiter::take_from(const std::string& key, TimePoint now) {
  Shard& shard = *shards_[std::hash<std::string>()(key) % kShards];
  const double capacity = options_.requests;
  const double per_second = capacity / options_.window_seconds;

  const std::lock_guard lock(shard.mutex);
  auto [entry, is_new] = shard.buckets.try_emplace(key);
  Shard::Bucket& bucket = entry->second;
  if (is_new) {
    shard.recent.push_front(key);
    bucket = {capacity, now, shard.recent.begin()};
    if (shard.buckets.size() > std::max<std::size_t>(1, options_.max_addresses / kShards)) {
      shard.buckets.erase(shard.recent.back());
      shard.recent.pop_back();
    }
  } else {
    shard.recent.splice(shard.recent.begin(), shard.recent, bucket.recency);
    const double elapsed = std::chrono::duration<double>(now - bucket.filled).count();
    bucket.tokens = std::min(capacity, bucket.tokens + std::max(0.0, elapsed) * per_second);
    bucket.filled = now;
  }
  RateDecision decision;
  decision.limited = true;
  decision.allowed = bucket.tokens >= 1.0;
  if (decision.allowed) {
    bucket.tokens -= 1.0;
  } else {
    decision.retry_seconds = std::max(1u, whole_seconds((1.0 - bucket.tokens) / per_second));
  }
  decision.remaining = static_cast<std::uint32_t>(bucket.tokens);
  decision.reset_seconds = whole_seconds((capacity - bucket.tokens) / per_second);
  return decision;
}

void RateLimiter::write_headers(const RateDecision& decision, Headers& headers) const {
  if (!decision.limited) return;
  headers.add("RateLimit-Policy", policy_);
  headers.add("RateLimit", "\"default\";r=" + std::to_string(decision.remaining) +
                               ";t=" + std::to_string(decision.reset_seconds));
  if (!decision.allowed) headers.set("Retry-After", std::to_string(decision.retry_seconds));
}

}  // namespace minato::http
