// Charts as SVG inside the page: no script, no colour of its own (chart.css).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.h"

namespace minato::web {

enum class ChartAxis {
  kNames,    // evenly spaced, any text
  kOrdered,  // evenly spaced, in an order of their own (months of the year)
  kYears,    // place: the year
  kMonths,   // place: 12 * year + month - 1
  kDays,     // place: day_number()
  kNumbers,  // place: the number
};

struct ChartPoint {
  std::string label;
  double place = 0;             // unused with kNames and kOrdered
  std::optional<double> value;  // nullopt: a gap
  std::string value_text;       // "12,345"; of a gap: that there is none
};

struct ChartPicture {
  bool is_line = false;
  ChartAxis axis = ChartAxis::kNames;
  bool whole = false;  // values cannot have fractions
  std::vector<ChartPoint> points;
  std::string title;        // what screen readers say first
  std::string description;  // the same in sentences
  core::Language language = core::Language::kJa;
};

// The picture twice: for wide screens (class "chart-wide") and for phones ("chart-narrow"), so that
// words keep a readable size; style sheets show one of them. REQUIRES: a point with a value.
std::string chart_svg(const ChartPicture& picture);

// Whether the axis of values begins elsewhere than at 0: never for bars.
bool leaves_zero_out(const ChartPicture& picture);

}  // namespace minato::web
