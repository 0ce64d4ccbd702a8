// Times as the sites write them.
#pragma once

#include <cstdint>
#include <ctime>
#include <string>

namespace minato::pretend {

inline constexpr std::int64_t kFirstDay = 1'704'067'200;  // 2024-01-01T00:00:00Z

inline std::string time_text(std::int64_t seconds, const char* format) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts = {};
  ::gmtime_r(&time, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}
// "2024-01-01T00:00:00.000000", as CKAN writes it: UTC, without zone.
inline std::string iso_time(std::int64_t seconds) {
  return time_text(seconds, "%Y-%m-%dT%H:%M:%S.000000");
}
inline std::string iso_date(std::int64_t seconds) { return time_text(seconds, "%Y-%m-%d"); }
inline std::string http_date(std::int64_t seconds) {
  return time_text(seconds, "%a, %d %b %Y %H:%M:%S GMT");
}

}  // namespace minato::pretend
