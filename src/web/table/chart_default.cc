#include "web/table/chart_default.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "web/table/chart_scale.h"
#include "web/table/column_kind.h"

namespace minato::web {
namespace {

using core::ColumnType;

constexpr std::size_t kFirstColumns = 4;  // where tables of a time series have their times
constexpr std::int64_t kFewRows = 60;
constexpr std::int64_t kFewValues = 20;
constexpr std::int64_t kManyValues = 50;
constexpr std::int64_t kRowsPerValue = 5;
constexpr std::int64_t kNames = 9;  // of ten values are different
constexpr std::int64_t kLooseNames = 7;

bool is_date(const core::TableColumn& column) {
  return column.type == ColumnType::kDate || column.type == ColumnType::kDatetime;
}

bool is_mostly_filled(const core::TableColumn& column, std::int64_t rows) {
  return column.statistics.nulls * 2 < rows;
}

// When the row was last looked at is not what the table is about.
bool tells_upkeep(const core::TableColumn& column) {
  constexpr std::array<std::string_view, 6> kWords = {"更新", "登録", "作成",
                                                      "確認", "修正", "取得"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return column.name.find(word) != std::string::npos;
  });
}

bool is_time_line(const core::TableColumn& column, std::int64_t rows) {
  return (is_date(column) || is_year(column)) && column.statistics.distinct >= 2 &&
         is_mostly_filled(column, rows) && !tells_upkeep(column);
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

// The same in every row: the code and name of the town that published the table.
bool is_constant(const core::TableColumn& column, std::int64_t rows) {
  return rows > 1 && column.statistics.distinct <= 1;
}

std::optional<std::size_t> first_amount(const core::TableSchema& schema) {
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    if (is_amount(column, schema.rows) && is_mostly_filled(column, schema.rows) &&
        !is_constant(column, schema.rows)) {
      return i;
    }
  }
  return std::nullopt;
}

// Each value in the same number of rows: to count them says nothing.
bool counts_are_flat(const core::TableColumn& column) {
  const auto& top = column.statistics.top;
  return top.size() > 1 && std::all_of(top.begin(), top.end(), [&](const core::ValueCount& value) {
           return value.count == top.front().count;
         });
}

// Counting its values would say something, or there is something else to show of them.
bool tells(const core::TableColumn& column, const core::TableSchema& schema) {
  return !counts_are_flat(column) || first_amount(schema).has_value();
}

// Among the first `columns` that differ from row to row.
std::optional<ChartX> time_line(const core::TableSchema& schema, std::size_t columns) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < schema.columns.size() && seen < columns; ++i) {
    const core::TableColumn& column = schema.columns[i];
    if (is_constant(column, schema.rows)) continue;
    ++seen;
    if (is_time_line(column, schema.rows) && tells(column, schema)) {
      return ChartX{i, part_for(column)};
    }
  }
  return std::nullopt;
}

// Few values occur more than once: of ten at least `least` differ.
bool nearly_names_rows(const core::TableColumn& column, std::int64_t rows, std::int64_t least) {
  return column.type == ColumnType::kString &&
         column.statistics.distinct * 10 >= (rows - column.statistics.nulls) * least &&
         is_mostly_filled(column, rows);
}

// The first column that `suits`, one that people read as a name before codes and remarks.
template <typename Suits>
std::optional<ChartX> first_named(const core::TableSchema& schema, const Suits& suits) {
  std::optional<ChartX> other;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    if (!suits(column)) continue;
    if (is_label(column)) return ChartX{i, {}};
    if (!other) other = ChartX{i, {}};
  }
  return other;
}

// The column that says what each row of a table of amounts is about.
std::optional<ChartX> row_names(const core::TableSchema& schema) {
  if (!first_amount(schema)) return std::nullopt;
  const auto named = [&](std::int64_t least) {
    return first_named(schema, [&](const core::TableColumn& column) {
      return nearly_names_rows(column, schema.rows, least);
    });
  };
  const auto names = named(kNames);
  // "うち木造" below several headings.
  return names || schema.rows > kFewRows ? names : named(kLooseNames);
}

// Texts of which each stands for several rows. `most` of them, if not for very many rows each.
std::optional<ChartX> few_values(const core::TableSchema& schema, std::int64_t most,
                                 bool labels_only) {
  return first_named(schema, [&](const core::TableColumn& column) {
    const std::int64_t distinct = column.statistics.distinct;
    const bool names = column.type == ColumnType::kString || column.type == ColumnType::kBoolean;
    return names && (is_label(column) || (!labels_only && is_class(column))) &&
           tells(column, schema) && distinct >= 2 && distinct <= most &&
           distinct * 2 <= std::max<std::int64_t>(schema.rows, 4) &&
           is_mostly_filled(column, schema.rows);
  });
}

std::optional<ChartX> categories(const core::TableSchema& schema) {
  for (const bool labels_only : {true, false}) {
    for (const std::int64_t most : {kFewValues, kManyValues, schema.rows / kRowsPerValue}) {
      if (const auto x = few_values(schema, most, labels_only)) return x;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<ChartX> default_x(const core::TableSchema& schema) {
  if (const auto x = time_line(schema, kFirstColumns)) return x;
  const auto names = row_names(schema);
  if (names && schema.rows <= kFewRows) return names;
  if (const auto x = categories(schema)) return x;
  if (const auto x = time_line(schema, schema.columns.size())) return x;
  return names;
}

ChartY default_y(const ChartX& x, const core::TableSchema& schema) {
  const core::TableColumn& column = schema.columns[x.column];
  const auto amount = first_amount(schema);
  if (!amount || *amount == x.column || schema.rows == 0) return {};
  if (x.part != DatePart::kNone) {
    // One row a day: how many days a month has is no news.
    return names_rows(column, schema.rows) ? ChartY{core::Measure::kAvg, *amount} : ChartY{};
  }
  const auto names = [&](std::int64_t least) {
    return names_rows(column, schema.rows) || nearly_names_rows(column, schema.rows, least);
  };
  if (names(kNames)) return {core::Measure::kSum, *amount};
  // Not their sum: where there are parts and a whole it would count all twice.
  const bool averages = counts_are_flat(column) || (schema.rows <= kFewRows && names(kLooseNames));
  return averages ? ChartY{core::Measure::kAvg, *amount} : ChartY{};
}

}  // namespace minato::web
