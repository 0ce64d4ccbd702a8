// What Excel's number formats make of a number (ISO/IEC 29500-1 s18.8.30, s18.8.31): a date, a
// time, a code with leading zeros, or just the number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tabular/record_source.h"

namespace minato::tabular {

class NumberFormat {
 public:
  enum class Shape : std::uint8_t {
    kNumber,
    kDate,
    kTime,
    kDatetime,
    kElapsed,  // "[h]:mm": hours beyond a day
    kWeekday,  // "aaa": the day of the week alone
    kPadded,   // "00000", "000-0000"
  };
  // One of up to four parts of a padded format: "[<=999]000;[<=9999]000-00;000-0000".
  struct Section {
    std::string pattern;  // '0', '#' and '?' for digits; other characters behind '\\'
    char condition = 0;   // '<', '>', '=', 'l' (<=), 'g' (>=), '!' (<>); 0: none
    double threshold = 0;
    bool padded = false;
  };

  NumberFormat() = default;  // "General"
  explicit NumberFormat(std::string_view code);
  // Of ids below 164, as Japanese Excel has them; others are "General".
  static NumberFormat builtin(int id);

  [[nodiscard]] Shape shape() const { return shape_; }

  // Appends the cell's text and says what it is.
  CellKind render(double value, bool date1904, std::string& out) const;

 private:
  void read_dates(std::string_view code);
  [[nodiscard]] bool render_padded(double value, std::string& out) const;

  Shape shape_ = Shape::kNumber;
  bool seconds_ = false;           // of kElapsed: the format shows them
  std::string weekday_;            // "aaa", "aaaa", "ddd", "dddd"
  std::vector<Section> sections_;  // of kPadded
};

// As Excel's "General" shows it, but never in fewer digits: 15 significant ones, and no exponent
// below 1E21.
void append_number(std::string& out, double value);

}  // namespace minato::tabular
