#include "web/frame/display.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace minato::web {
namespace {

constexpr std::int64_t kJapanOffsetUs = std::int64_t{9} * 3600 * 1'000'000;
constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};

// -1 when `text` is not all digits.
int number(std::string_view text) {
  int value = -1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc{} && end == text.data() + text.size() ? value : -1;
}

}  // namespace

std::string display_date(std::string_view date, core::Language language) {
  const bool shaped = date.size() == 10 && date[4] == '-' && date[7] == '-';
  const int year = shaped ? number(date.substr(0, 4)) : -1;
  const int month = shaped ? number(date.substr(5, 2)) : -1;
  const int day = shaped ? number(date.substr(8, 2)) : -1;
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return std::string(date);
  if (language == core::Language::kJa) {
    return std::to_string(year) + "年" + std::to_string(month) + "月" + std::to_string(day) + "日";
  }
  return std::to_string(day) + " " + kMonths[static_cast<std::size_t>(month - 1)] + " " +
         std::to_string(year);
}

std::string display_day(core::Timestamp time, core::Language language) {
  return display_date(core::to_rfc3339({time.us + kJapanOffsetUs}).substr(0, 10), language);
}

std::string display_size(std::int64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  if (bytes < 1000) return std::to_string(bytes) + " B";
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f %s", value, kUnits[unit]);
  return text.data();
}

std::string display_count(std::int64_t count) {
  std::string text = std::to_string(count);
  const std::size_t sign = count < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > 3 + sign;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string web_address(const std::string& text) {
  return text.starts_with("https://") || text.starts_with("http://") ? text : "";
}

}  // namespace minato::web
