// Excel's day numbers: 1 is 1900-01-01, and 60 the 29th of February 1900, which never was
// (ISO/IEC 29500-1 s18.17.4.1); or 0 is 1904-01-01. The fraction is the time of the day.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace minato::tabular {

// Rounded to the second. Each append_ leaves `out` alone and gives false when the number is none.
class SerialDate {
 public:
  SerialDate(double serial, bool date1904);

  // Below a day, so without a date.
  [[nodiscard]] bool is_time() const { return valid_ && days_ == 0 && !date1904_; }
  bool append_date(std::string& out) const;                   // "2024-04-01"
  bool append_time(std::string& out) const;                   // "09:30:00"
  bool append_elapsed(std::string& out, bool seconds) const;  // "25:30", "25:30:15"
  // `pattern` is "aaa" (月), "aaaa" (月曜日), "ddd" (Mon) or "dddd" (Monday).
  bool append_weekday(std::string& out, std::string_view pattern) const;

 private:
  // Days since 1970-01-01; false: no day.
  bool unix_days(std::int64_t& days) const;

  bool valid_ = false;
  bool date1904_ = false;
  std::int64_t days_ = 0;
  std::int64_t second_ = 0;  // of the day
};

}  // namespace minato::tabular
