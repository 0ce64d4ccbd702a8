#include "web/table/columns_view.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>

#include "web/frame/display.h"
#include "web/table/cell_html.h"
#include "web/table/column_kind.h"

namespace minato::web {
namespace {

constexpr std::size_t kTopValues = 5;
constexpr std::size_t kExamples = 3;
constexpr std::size_t kValueCharacters = 40;
constexpr std::size_t kNameCharacters = 300;
constexpr std::size_t kDescriptionCharacters = 2'000;
constexpr double kBarWidth = 100;

std::string cut(std::string_view text) {
  ShortText first = first_characters(text, kValueCharacters);
  return first.is_cut ? first.text + "…" : std::move(first.text);
}

struct DescribedColumn {
  const TableVisit& visit;
  const core::TableColumn& column;
  bool is_grouped = false;

  [[nodiscard]] std::string shown(const core::Value& value) const {
    return cut(cell_text(core::to_view(value), is_grouped, visit.texts()));
  }
};

// "12.3 %" of the rows.
std::string share(std::int64_t part, std::int64_t whole) {
  const double percent =
      whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), percent < 10 ? "%.1f" : "%.0f", percent);
  return std::string(text.data()) + " %";
}

std::string nulls_of(const DescribedColumn& described) {
  const std::int64_t nulls = described.column.statistics.nulls;
  if (nulls == 0) return described.visit.texts()["table_no_nulls"];
  return described.visit.texts().with(
      "table_nulls",
      {{"count", display_count(nulls)}, {"share", share(nulls, described.visit.schema().rows)}});
}

std::string distinct_of(const DescribedColumn& described) {
  const core::ColumnStatistics& known = described.column.statistics;
  return described.visit.texts().with(
      known.distinct_exact ? "table_distinct" : "table_distinct_about",
      {{"count", display_count(known.distinct)}});
}

// Of texts the first and last tell nothing.
std::string range_of(const DescribedColumn& described) {
  const core::ColumnStatistics& known = described.column.statistics;
  const core::ColumnType type = described.column.type;
  const bool has_range = is_number_type(type) || is_time_type(type);
  if (!has_range || std::holds_alternative<std::monostate>(known.min)) return "";
  return described.visit.texts().with(
      "table_range", {{"min", described.shown(known.min)}, {"max", described.shown(known.max)}});
}

View top_values(const DescribedColumn& described) {
  View values = list();
  const auto& top = described.column.statistics.top;
  // Where nearly every value is there once, the first few of them say no more than examples.
  const bool is_telling = described.column.statistics.distinct * 2 <= described.visit.schema().rows;
  if (top.empty() || !is_telling) return values;
  for (std::size_t i = 0; i < top.size() && i < kTopValues; ++i) {
    View value = object();
    const double part = static_cast<double>(top[i].count) / static_cast<double>(top.front().count);
    put(value, "text", described.shown(top[i].value));
    put(value, "count", display_count(top[i].count));
    put(value, "width", std::to_string(std::max(1, static_cast<int>(part * kBarWidth))));
    values.push_back(value);
  }
  return values;
}

std::string examples_of(const DescribedColumn& described) {
  const auto& examples = described.column.statistics.examples;
  std::string text;
  for (std::size_t i = 0; i < examples.size() && i < kExamples; ++i) {
    text +=
        (i > 0 ? described.visit.texts()["table_list_comma"] : "") + described.shown(examples[i]);
  }
  return text;
}

const char* role_key(core::ColumnRole role) {
  switch (role) {
    case core::ColumnRole::kLatitude:
      return "table_role_latitude";
    case core::ColumnRole::kLongitude:
      return "table_role_longitude";
    default:
      return "table_role_point";
  }
}

View column_row(const DescribedColumn& described, std::size_t place) {
  const core::TableColumn& column = described.column;
  const Texts& texts = described.visit.texts();
  View row = object();
  put(row, "name", first_characters(column.name, kNameCharacters).text);
  put(row, "alias", "c" + std::to_string(place + 1));
  put(row, "title",
      column.title == column.name ? std::string()
                                  : first_characters(column.title, kNameCharacters).text);
  put(row, "type", type_words(column.type, texts));
  put(row, "role", column.role == core::ColumnRole::kNone ? "" : texts[role_key(column.role)]);
  put(row, "unit", column.unit);
  put(row, "description", first_characters(column.description, kDescriptionCharacters).text);
  put(row, "nulls", nulls_of(described));
  put(row, "distinct", distinct_of(described));
  put(row, "range", range_of(described));
  View top = top_values(described);
  const bool has_top = top.is_non_empty_list();
  put(row, "has_top", has_top);
  put(row, "examples", has_top ? "" : examples_of(described));
  row["top"] = std::move(top);
  return row;
}

}  // namespace

core::Result<ViewPart> columns_view(const TableVisit& visit) {
  ViewPart part;
  View rows = list();
  const core::TableSchema& schema = visit.schema();
  bool has_meaning = false;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    rows.push_back(column_row({visit, column, is_amount(column, schema.rows)}, i));
    has_meaning = has_meaning || !column.title.empty() || !column.description.empty();
  }
  part.view["columns"] = std::move(rows);
  put(part.view, "has_meaning", has_meaning);
  put(part.view, "count",
      visit.texts().with(
          "table_columns_count",
          {{"count", display_count(static_cast<std::int64_t>(schema.columns.size()))}}));
  put(part.view, "schema_href", visit.data(""));
  return part;
}

}  // namespace minato::web
