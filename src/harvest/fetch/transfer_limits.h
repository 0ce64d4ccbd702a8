// What one transfer may take.
#pragma once

#include <cstddef>
#include <cstdint>

namespace minato::harvest {

struct TransferLimits {
  std::int64_t connect_timeout_ms = 15'000;
  std::int64_t total_timeout_ms = 600'000;
  std::int64_t min_bytes_per_second = 256;  // on average over each window, headers included
  std::int64_t speed_window_ms = 60'000;
  std::size_t max_header_bytes = 64 * 1024;
  std::size_t max_header_fields = 200;
};

}  // namespace minato::harvest
