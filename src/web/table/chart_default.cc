#include "web/table/chart_default.h"

#include <algorithm>
#include <optional>

#include "web/table/chart_scale.h"
#include "web/table/column_kind.h"

namespace minato::web {
namespace {

using core::ColumnType;

constexpr std::size_t kFirstColumns = 4;  // where tables of a time series have their times
constexpr std::int64_t kFewRows = 60;
constexpr std::int64_t kFewValues = 20;
constexpr std::int64_t kManyValues = 50;

bool is_date(const core::TableColumn& column) {
  return column.type == ColumnType::kDate || column.type == ColumnType::kDatetime;
}

bool is_mostly_filled(const core::TableColumn& column, std::int64_t rows) {
  return column.statistics.nulls * 2 < rows;
}

bool is_time_line(const core::TableColumn& column, std::int64_t rows) {
  return (is_date(column) || is_year(column)) && column.statistics.distinct >= 2 &&
         is_mostly_filled(column, rows);
}

double span_of(const core::TableColumn& column) {
  const auto* first = std::get_if<std::string>(&column.statistics.min);
  const auto* last = std::get_if<std::string>(&column.statistics.max);
  return first != nullptr && last != nullptr ? day_number(*last) - day_number(*first) : 0;
}

// Years, months or days: whichever gives a line of a sensible number of points.
DatePart part_for(const core::TableColumn& column) {
  constexpr double kYear = 366;
  if (!is_date(column)) return DatePart::kNone;
  if (column.type == ColumnType::kDate && column.statistics.distinct <= 120) return DatePart::kNone;
  const double days = span_of(column);
  if (days > 8 * kYear) return DatePart::kYear;
  if (days > kYear / 4 || column.type == ColumnType::kDatetime) return DatePart::kYearMonth;
  return DatePart::kNone;
}

std::optional<ChartX> time_line(const core::TableSchema& schema, std::size_t columns) {
  for (std::size_t i = 0; i < std::min(columns, schema.columns.size()); ++i) {
    const core::TableColumn& column = schema.columns[i];
    if (is_time_line(column, schema.rows)) return ChartX{i, part_for(column)};
  }
  return std::nullopt;
}

std::optional<std::size_t> first_amount(const core::TableSchema& schema) {
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    if (is_amount(column, schema.rows) && is_mostly_filled(column, schema.rows)) return i;
  }
  return std::nullopt;
}

// Few values occur more than once.
bool nearly_names_rows(const core::TableColumn& column, std::int64_t rows) {
  return column.type == ColumnType::kString &&
         column.statistics.distinct * 10 >= (rows - column.statistics.nulls) * 9 &&
         is_mostly_filled(column, rows);
}

// The column that says what each row of a table of amounts is about.
std::optional<ChartX> row_names(const core::TableSchema& schema) {
  if (!first_amount(schema)) return std::nullopt;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (nearly_names_rows(schema.columns[i], schema.rows)) return ChartX{i, {}};
  }
  return std::nullopt;
}

std::optional<ChartX> few_values(const core::TableSchema& schema, std::int64_t most) {
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    const bool names = column.type == ColumnType::kString || column.type == ColumnType::kBoolean;
    if (names && column.statistics.distinct >= 2 && column.statistics.distinct <= most &&
        column.statistics.distinct * 2 <= std::max<std::int64_t>(schema.rows, 4) &&
        is_mostly_filled(column, schema.rows)) {
      return ChartX{i, {}};
    }
  }
  return std::nullopt;
}

}  // namespace

ChartX default_x(const core::TableSchema& schema) {
  if (const auto x = time_line(schema, kFirstColumns)) return *x;
  const auto names = row_names(schema);
  if (names && schema.rows <= kFewRows) return *names;
  if (const auto x = few_values(schema, kFewValues)) return *x;
  if (const auto x = few_values(schema, kManyValues)) return *x;
  if (const auto x = time_line(schema, schema.columns.size())) return *x;
  if (names) return *names;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    if (column.type == ColumnType::kString && column.statistics.distinct > 1) return {i, {}};
  }
  return {};
}

ChartY default_y(const ChartX& x, const core::TableSchema& schema) {
  const core::TableColumn& column = schema.columns[x.column];
  const auto amount = first_amount(schema);
  if (!amount || *amount == x.column || schema.rows == 0) return {};
  if (x.part != DatePart::kNone) {
    // One row a day: how many days a month has is no news.
    return names_rows(column, schema.rows) ? ChartY{core::Measure::kAvg, *amount} : ChartY{};
  }
  const bool names = names_rows(column, schema.rows) || nearly_names_rows(column, schema.rows);
  return names ? ChartY{core::Measure::kSum, *amount} : ChartY{};
}

}  // namespace minato::web
