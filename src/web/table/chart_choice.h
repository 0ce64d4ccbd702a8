// Which chart somebody asks for, and which one suits a table best.
//
//   chart=bar|line    absent: what suits x
//   x=区分            also year(登録日), month(登録日), year_month(登録日); absent: chosen here
//   y=count           rows; also sum(人口), avg(), min(), max() of a column of numbers
//   order=value|label|file  order of bars; absent: what suits x
//   top=10|20|50      bars at most
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/row_query.h"
#include "core/table.h"
#include "web/table/chart_svg.h"
#include "web/table/table_state.h"

namespace minato::web {

// What of a date its group is.
enum class DatePart { kNone, kYear, kMonth, kYearMonth };

struct ChartX {
  std::size_t column = 0;
  DatePart part = DatePart::kNone;
  bool operator==(const ChartX&) const = default;
};

struct ChartY {
  core::Measure measure = core::Measure::kCount;
  std::optional<std::size_t> column;  // nullopt: counts rows
  bool operator==(const ChartY&) const = default;
};

enum class ChartOrder { kValue, kLabel, kFile };

struct ChartChoice {
  bool is_line = false;
  ChartX x;
  ChartY y;
  ChartOrder order = ChartOrder::kLabel;
  std::int64_t top = 0;
  std::vector<std::string> unknown = {};  // values of x and y that this table does not have
  bool is_pointless = false;              // nobody asked for it, and all its bars would be 1
};

// The state's choice, completed. nullopt: the table has no columns.
std::optional<ChartChoice> choose_chart(const TableState& state, const core::TableSchema& schema);

// What x and y can be, in the order of the columns; as the parameters spell them.
std::vector<ChartX> chart_xs(const core::TableSchema& schema);
std::vector<ChartY> chart_ys(const core::TableSchema& schema);
std::string spelled(const ChartX& x, const core::TableSchema& schema);
std::string spelled(const ChartY& y, const core::TableSchema& schema);
std::span<const std::int64_t> chart_tops();

ChartAxis axis_of(const ChartX& x, const core::TableSchema& schema);

}  // namespace minato::web
