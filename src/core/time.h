// Time as the catalogue keeps it: UTC, microseconds since 1970-01-01.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace minato::core {

struct Timestamp {
  std::int64_t us = 0;  // microseconds since 1970-01-01T00:00:00Z
  auto operator<=>(const Timestamp&) const = default;
};

// "YYYY-MM-DDTHH:MM:SS.ffffff", always six digits and no zone: CKAN harvesters compare these as
// strings.
std::string to_ckan_time(Timestamp time);
// "YYYY-MM-DDTHH:MM:SSZ" (RFC 3339), seconds only.
std::string to_rfc3339(Timestamp time);
// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 s5.6.7).
std::string to_http_date(Timestamp time);

// Accepts ISO 8601 dates and date-times with optional fraction and zone ("Z", "+09:00"; none =
// UTC).
std::optional<Timestamp> parse_iso8601(std::string_view text);
// Accepts the IMF-fixdate form, and RFC 9110's two obsolete forms.
std::optional<Timestamp> parse_http_date(std::string_view text);

// The wall clock, behind an interface so that tests can stand still. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override;
};

// The moment at which a piece of work must have ended.
using Deadline = std::chrono::steady_clock::time_point;

}  // namespace minato::core
