#include "web/table/chart_choice.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "web/table/chart_default.h"
#include "web/table/column_kind.h"

namespace minato::web {
namespace {

using core::ColumnType;
using core::Measure;

constexpr std::array<std::int64_t, 3> kTops = {10, 20, 50};
constexpr std::int64_t kUsualTop = 20;

constexpr std::array<std::pair<DatePart, std::string_view>, 3> kParts = {
    {{DatePart::kYear, "year"}, {DatePart::kMonth, "month"}, {DatePart::kYearMonth, "year_month"}}};
constexpr std::array<std::pair<Measure, std::string_view>, 4> kMeasures = {
    {{Measure::kSum, "sum"},
     {Measure::kAvg, "avg"},
     {Measure::kMin, "min"},
     {Measure::kMax, "max"}}};

bool is_date(const core::TableColumn& column) {
  return column.type == ColumnType::kDate || column.type == ColumnType::kDatetime;
}

// What stands between "name(" and ")"; nullopt: the text is not of that form.
std::optional<std::string_view> argument(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || !text.ends_with(')') || text.size() < name.size() + 2 ||
      text[name.size()] != '(') {
    return std::nullopt;
  }
  return text.substr(name.size() + 1, text.size() - name.size() - 2);
}

std::optional<ChartX> read_x(std::string_view text, const core::TableSchema& schema) {
  if (const auto column = schema.find(text)) return ChartX{*column, DatePart::kNone};
  for (const auto& [part, name] : kParts) {
    const auto inner = argument(text, name);
    const auto column = inner ? schema.find(*inner) : std::nullopt;
    if (column && is_date(schema.columns[*column])) return ChartX{*column, part};
  }
  return std::nullopt;
}

std::optional<ChartY> read_y(std::string_view text, const core::TableSchema& schema) {
  if (text == "count") return ChartY{};
  for (const auto& [measure, name] : kMeasures) {
    const auto inner = argument(text, name);
    const auto column = inner ? schema.find(*inner) : std::nullopt;
    if (column && is_number_type(schema.columns[*column].type)) return ChartY{measure, *column};
  }
  return std::nullopt;
}

std::int64_t read_top(const std::string& text) {
  for (const std::int64_t top : kTops) {
    if (text == std::to_string(top)) return top;
  }
  return kUsualTop;
}

ChartOrder read_order(std::string_view text, ChartAxis axis) {
  if (text == "file") return ChartOrder::kFile;
  if (text == "value") return ChartOrder::kValue;
  return text != "label" && axis == ChartAxis::kNames ? ChartOrder::kValue : ChartOrder::kLabel;
}

// "sum(人口)"; with the alias where a column has that very name.
std::string called(std::string_view function, std::size_t column, const core::TableSchema& schema) {
  const std::string call = std::string(function) + "(" + column_item(schema, column) + ")";
  if (!schema.find(call)) return call;
  return std::string(function) + "(c" + std::to_string(column + 1) + ")";
}

bool is_time(ChartAxis axis) {
  return axis == ChartAxis::kYears || axis == ChartAxis::kMonths || axis == ChartAxis::kDays;
}

}  // namespace

std::span<const std::int64_t> chart_tops() { return kTops; }

ChartAxis axis_of(const ChartX& x, const core::TableSchema& schema) {
  const core::TableColumn& column = schema.columns[x.column];
  switch (x.part) {
    case DatePart::kYear:
      return ChartAxis::kYears;
    case DatePart::kMonth:
      return ChartAxis::kOrdered;
    case DatePart::kYearMonth:
      return ChartAxis::kMonths;
    case DatePart::kNone:
      break;
  }
  if (is_date(column)) return ChartAxis::kDays;
  if (is_year(column)) return ChartAxis::kYears;
  // Codes are names, though they are written in digits.
  return is_amount(column, schema.rows) ? ChartAxis::kNumbers : ChartAxis::kNames;
}

std::vector<ChartX> chart_xs(const core::TableSchema& schema) {
  std::vector<ChartX> all;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    if (is_date(column)) {
      for (const auto& part : kParts) all.push_back({i, part.first});
    }
    if (column.role == core::ColumnRole::kNone) all.push_back({i, DatePart::kNone});
  }
  return all;
}

std::vector<ChartY> chart_ys(const core::TableSchema& schema) {
  std::vector<ChartY> all{ChartY{}};
  for (const auto& [measure, name] : kMeasures) {
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
      const core::TableColumn& column = schema.columns[i];
      if (is_number_type(column.type) && column.role == core::ColumnRole::kNone) {
        all.push_back({measure, i});
      }
    }
  }
  return all;
}

std::string spelled(const ChartX& x, const core::TableSchema& schema) {
  for (const auto& [part, name] : kParts) {
    if (x.part == part) return called(name, x.column, schema);
  }
  return column_item(schema, x.column);
}

std::string spelled(const ChartY& y, const core::TableSchema& schema) {
  for (const auto& [measure, name] : kMeasures) {
    if (y.column && y.measure == measure) return called(name, *y.column, schema);
  }
  return "count";
}

std::optional<ChartChoice> choose_chart(const TableState& state, const core::TableSchema& schema) {
  if (schema.columns.empty()) return std::nullopt;
  ChartChoice choice;
  const std::string x_text = state.value("x");
  const std::string y_text = state.value("y");
  const auto x = read_x(x_text, schema);
  const auto y = read_y(y_text, schema);
  if (!x && !x_text.empty()) choice.unknown.push_back(x_text);
  if (!y && !y_text.empty()) choice.unknown.push_back(y_text);
  const auto usual = x ? x : default_x(schema);
  choice.is_pointless = !usual && !y;
  choice.x = usual.value_or(ChartX{});
  choice.y = y ? *y : default_y(choice.x, schema);
  const ChartAxis axis = axis_of(choice.x, schema);
  const std::string kind = state.value("chart");
  choice.is_line = kind == "line" || (kind != "bar" && is_time(axis));
  choice.order = choice.is_line ? ChartOrder::kLabel : read_order(state.value("order"), axis);
  if (choice.order == ChartOrder::kValue && state.value("order").empty() &&
      is_in_order(schema.columns[choice.x.column])) {
    choice.order = ChartOrder::kFile;
  }
  choice.top = read_top(state.value("top"));
  return choice;
}

}  // namespace minato::web
