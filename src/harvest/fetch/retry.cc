#include "harvest/fetch/retry.h"

#include <algorithm>
#include <charconv>

namespace minato::harvest {

std::optional<std::int64_t> parse_retry_after(std::string_view value, core::Timestamp now) {
  constexpr std::int64_t kMaxSeconds = 10LL * 365 * 86'400;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (end == value.data() + value.size() && !value.empty() && value.front() != '-') {
    const bool too_large = error == std::errc::result_out_of_range || seconds > kMaxSeconds;
    return (too_large ? kMaxSeconds : seconds) * 1000;
  }
  const std::optional<core::Timestamp> date = core::parse_http_date(value);
  if (!date) return std::nullopt;
  return std::max<std::int64_t>(0, (date->us - now.us + 999) / 1000);
}

std::int64_t backoff_ms(int attempt, std::int64_t base_ms, std::int64_t max_ms, double jitter) {
  std::int64_t full = base_ms;
  for (int i = 0; i < attempt && full < max_ms; ++i) full *= 2;
  full = std::min(full, max_ms);
  return full - static_cast<std::int64_t>(static_cast<double>(full) * jitter / 2);
}

}  // namespace minato::harvest
