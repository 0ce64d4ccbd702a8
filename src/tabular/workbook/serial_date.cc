#include "tabular/workbook/serial_date.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>

namespace minato::tabular {
namespace {

constexpr double kDayAfterLast = 2'958'466;  // 9999-12-31 is the last
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kUnixOf1899December30 = -25'569;
constexpr std::int64_t kUnixOf1904January1 = -24'107;

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

SerialDate::SerialDate(double serial, bool date1904) : date1904_(date1904) {
  if (!(serial >= 0) || serial >= kDayAfterLast) return;
  valid_ = true;
  const double day = std::floor(serial);
  days_ = static_cast<std::int64_t>(day);
  second_ = std::llround((serial - day) * static_cast<double>(kDaySeconds));
  if (second_ >= kDaySeconds) {
    second_ -= kDaySeconds;
    ++days_;
  }
}

bool SerialDate::unix_days(std::int64_t& days) const {
  if (!valid_) return false;
  if (date1904_) {
    days = days_ + kUnixOf1904January1;
    return true;
  }
  if (days_ == 0 || days_ == 60) return false;
  days = days_ + kUnixOf1899December30 + (days_ < 60 ? 1 : 0);
  return true;
}

bool SerialDate::append_date(std::string& out) const {
  std::int64_t days = 0;
  if (!unix_days(days)) return false;
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  if (static_cast<int>(date.year()) > 9999) return false;
  append_padded(out, static_cast<int>(date.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.day()), 2);
  return true;
}

bool SerialDate::append_time(std::string& out) const {
  if (!valid_) return false;
  append_padded(out, second_ / 3'600, 2);
  out += ':';
  append_padded(out, second_ / 60 % 60, 2);
  out += ':';
  append_padded(out, second_ % 60, 2);
  return true;
}

bool SerialDate::append_elapsed(std::string& out, bool seconds) const {
  if (!valid_) return false;
  append_padded(out, days_ * 24 + second_ / 3'600, 1);
  out += ':';
  append_padded(out, second_ / 60 % 60, 2);
  if (!seconds && second_ % 60 == 0) return true;
  out += ':';
  append_padded(out, second_ % 60, 2);
  return true;
}

bool SerialDate::append_weekday(std::string& out, std::string_view pattern) const {
  constexpr std::array<std::string_view, 7> kJapanese = {"日", "月", "火", "水", "木", "金", "土"};
  constexpr std::array<std::string_view, 7> kEnglish = {
      "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  std::int64_t days = 0;
  if (!unix_days(days)) return false;
  const auto day = static_cast<std::size_t>(((days + 4) % 7 + 7) % 7);  // 1970-01-01: Thursday
  if (pattern.starts_with('a')) {
    out += kJapanese[day];
    if (pattern.size() > 3) out += "曜日";
  } else {
    out += pattern.size() > 3 ? kEnglish[day] : kEnglish[day].substr(0, 3);
  }
  return true;
}

}  // namespace minato::tabular
