// The chart that a table shows to somebody who asked for none in particular.
#pragma once

#include <optional>

#include "core/table.h"
#include "web/table/chart_choice.h"

namespace minato::web {

// Values over time where the table begins with a date or a year; the amounts of the things it
// names, when these are few; else how often the values of a column with few of them occur.
// nullopt: nothing in the table occurs twice or is an amount.
std::optional<ChartX> default_x(const core::TableSchema& schema);
// The first amount where x names each row once (its average over months and years); else the number
// of rows, or the average of the first amount where that number is the same for all.
ChartY default_y(const ChartX& x, const core::TableSchema& schema);

}  // namespace minato::web
