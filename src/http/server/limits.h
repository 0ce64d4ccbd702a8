// How much of anything one client may use. Every number is an option with a default that suits a
// public service.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace minato::http {

struct Limits {
  std::size_t max_head_bytes = 16 * 1024;         // request line and fields together: 431
  std::size_t max_request_line_bytes = 8 * 1024;  // 414
  std::size_t max_fields = 100;                   // 431

  std::uint64_t default_max_body_bytes = 64 * 1024;  // when no max_body callback is given: 413
  std::size_t max_body_memory_bytes = 64 * 1024;     // beyond that a body goes to a spool file

  std::chrono::milliseconds head_timeout{10'000};   // from the first byte of a head to its end: 408
  std::chrono::milliseconds idle_timeout{15'000};   // between requests
  std::chrono::milliseconds body_timeout{20'000};   // without a byte of the body: 408
  std::chrono::milliseconds write_timeout{30'000};  // without the client taking a byte
  std::uint64_t min_body_bytes_per_second = 1024;  // over the whole body, after the first 10 s: 408
  std::chrono::milliseconds body_rate_grace{10'000};

  std::uint64_t max_drain_bytes = 1024 * 1024;  // read and thrown away after a last reply
  std::chrono::milliseconds drain_timeout{2'000};
};

}  // namespace minato::http
