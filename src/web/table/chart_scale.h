// Axes: where their marks stand, and how numbers and times are written beside them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::web {

// Marks at whole multiples of 1, 2 or 5 times a power of ten; the first and the last enclose the
// values.
struct Scale {
  double low = 0;
  double high = 1;
  double step = 1;

  // 0 at low, 1 at high.
  [[nodiscard]] double place(double value) const { return (value - low) / (high - low); }
  [[nodiscard]] std::vector<double> marks() const;
};

// About `intervals` of them. REQUIRES: finite, low <= high.
Scale nice_scale(double low, double high, int intervals);
// The same for what can only be whole: no mark between whole numbers.
Scale whole_scale(double low, double high, int intervals);

// "0", "5万", "1.5億"; "50,000", "1.5 million". All marks of one scale are written alike.
std::string mark_text(double mark, const Scale& scale, core::Language language);

// A number for people: thousands in groups, fractions rounded to what matters ("12,345.68",
// "0.01235"). Whole numbers are exact.
std::string number_text(double number);

struct TimeMark {
  double place = 0;
  std::string text;
};

// Days since 1970-01-01 of an ISO 8601 date or time, with its fraction of a day; -1e18 when it is
// none.
double day_number(std::string_view iso);

// Marks at round days, months or years (1, 2, 5, 10...) between two day numbers.
std::vector<TimeMark> time_marks(double first, double last, int intervals, core::Language language);
// The same between two numbers of months (12 * year + month - 1).
std::vector<TimeMark> month_marks(double first, double last, int intervals,
                                  core::Language language);

}  // namespace minato::web
