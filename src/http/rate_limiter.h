// A token bucket per client: its address (per /64 for IPv6), or its API token.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/address.h"
#include "http/message.h"

namespace minato::http {

struct RateLimitOptions {
  std::uint32_t requests = 0;  // per window, and the burst; 0: no limit
  std::uint32_t window_seconds = 60;
  bool limit_loopback = false;
  std::size_t max_addresses = 65536;  // the least recently seen are forgotten beyond that
};

struct RateDecision {
  bool limited = false;  // false: this client has no limit, and gets no headers
  bool allowed = true;
  std::uint32_t remaining = 0;
  std::uint32_t reset_seconds = 0;  // until the bucket is full again
  std::uint32_t retry_seconds = 0;  // until one request is allowed; 0 when allowed
};

// Thread-safe.
class RateLimiter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit RateLimiter(const RateLimitOptions& options);
  ~RateLimiter();
  RateLimiter(const RateLimiter&) = delete;
  RateLimiter& operator=(const RateLimiter&) = delete;

  [[nodiscard]] bool enabled() const { return options_.requests > 0; }
  // Takes one token for `address`. Text that is no address shares one bucket.
  RateDecision take(std::string_view address, TimePoint now);
  // The same for a client known by something else than its address. `address` only decides whether
  // it is limited at all.
  RateDecision take_for(std::string_view client, std::string_view address, TimePoint now);
  // RateLimit, RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers) and, when refused,
  // Retry-After.
  void write_headers(const RateDecision& decision, Headers& headers) const;

 private:
  struct Shard;
  RateDecision take_from(const std::string& key, TimePoint now);
  RateLimitOptions options_;
  std::string policy_;
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace minato::http
