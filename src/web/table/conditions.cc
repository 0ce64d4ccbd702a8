#include "web/table/conditions.h"

#include <array>
#include <utility>

#include "formats/query/places.h"
#include "formats/query/short_filter.h"
#include "web/table/cell_html.h"
#include "web/table/column_kind.h"
#include "web/table/table_state.h"

namespace minato::web {
namespace {

using core::FilterOp;

constexpr std::size_t kMaxShownCharacters = 60;
constexpr std::size_t kMaxShownValues = 5;

using Suits = FormOperator::Suits;
constexpr std::array<FormOperator, 12> kFormOperators = {
    {{"eq", "table_op_eq", Suits::kAll, true},
     {"ne", "table_op_ne", Suits::kAll, true},
     {"contains", "table_op_contains", Suits::kTexts, true},
     {"sw", "table_op_sw", Suits::kTexts, true},
     {"ew", "table_op_ew", Suits::kTexts, true},
     {"search", "table_op_search", Suits::kTexts, true},
     {"gte", "table_op_gte", Suits::kOrdered, true},
     {"lte", "table_op_lte", Suits::kOrdered, true},
     {"gt", "table_op_gt", Suits::kOrdered, true},
     {"lt", "table_op_lt", Suits::kOrdered, true},
     {"null", "table_op_null", Suits::kAll, false},
     {"notnull", "table_op_notnull", Suits::kAll, false}}};

std::string shown(std::string_view text) {
  ShortText cut = first_characters(text, kMaxShownCharacters);
  return cut.is_cut ? cut.text + "…" : std::move(cut.text);
}

// The key of "{column} が {value} 以上" and its like.
std::string_view key_of(FilterOp op, bool of_times) {
  switch (op) {
    case FilterOp::kEq:
      return "table_is_eq";
    case FilterOp::kNe:
      return "table_is_ne";
    case FilterOp::kLt:
      return of_times ? "table_is_before" : "table_is_lt";
    case FilterOp::kLe:
      return of_times ? "table_is_until" : "table_is_lte";
    case FilterOp::kGt:
      return of_times ? "table_is_after" : "table_is_gt";
    case FilterOp::kGe:
      return of_times ? "table_is_since" : "table_is_gte";
    case FilterOp::kIn:
      return "table_is_in";
    case FilterOp::kNotIn:
      return "table_is_nin";
    case FilterOp::kBetween:
      return "table_is_between";
    case FilterOp::kLike:
      return "table_is_like";
    case FilterOp::kStartsWith:
      return "table_is_sw";
    case FilterOp::kEndsWith:
      return "table_is_ew";
    case FilterOp::kContains:
      return "table_is_contains";
    case FilterOp::kIsNull:
      return "table_is_null";
    case FilterOp::kNotNull:
      return "table_is_notnull";
    default:
      return "table_is_search";
  }
}

std::string joined(const std::vector<core::Value>& values, bool grouped, const Texts& texts) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i == kMaxShownValues) return text + "…";
    if (i > 0) text += texts["table_list_comma"];
    text += shown(cell_text(core::to_view(values[i]), grouped, texts));
  }
  return text;
}

std::string words_of(const ColumnCondition& condition, const core::TableSchema& schema,
                     const Texts& texts) {
  const core::TableColumn& column = schema.columns[condition.column];
  const bool grouped = is_amount(column, schema.rows);
  const auto value = [&](std::size_t i) {
    if (i >= condition.values.size()) return std::string();
    return shown(cell_text(core::to_view(condition.values[i]), grouped, texts));
  };
  return texts.with(key_of(condition.op, is_time_type(column.type)),
                    {{"column", shown(column.name)},
                     {"values", joined(condition.values, grouped, texts)},
                     {"value", value(0)},
                     {"high", value(1)}});
}

std::string near_words(const std::string& value, const Texts& texts) {
  const auto numbers = formats::parse_numbers(value);
  if (!numbers || numbers->size() < 3) return texts["table_is_near"];
  return texts.with("table_is_within", {{"metres", cell_text((*numbers)[2], true, texts)}});
}

}  // namespace

std::optional<ColumnCondition> column_condition(const http::Params::value_type& condition,
                                                const core::TableSchema& schema) {
  const auto& [name, value] = condition;
  if (name == "where" || name == "q" || name == "bbox" || name == "near") return std::nullopt;
  auto filter = formats::parse_short_filter(name, value, schema);
  if (!filter || !*filter || (*filter)->operand.column < 0) return std::nullopt;
  return ColumnCondition{static_cast<std::size_t>((*filter)->operand.column), (*filter)->op,
                         std::move((*filter)->values)};
}

std::string condition_words(const http::Params::value_type& condition,
                            const core::TableSchema& schema, const Texts& texts) {
  const auto& [name, value] = condition;
  if (const auto on_column = column_condition(condition, schema)) {
    return words_of(*on_column, schema, texts);
  }
  if (name == "q") return texts.with("table_is_q", {{"value", shown(value)}});
  if (name == "where") return texts.with("table_is_where", {{"value", shown(value)}});
  if (name == "bbox") return texts["table_is_bbox"];
  if (name == "near") return near_words(value, texts);
  return shown(name) + "=" + shown(value);
}

std::span<const FormOperator> form_operators() { return kFormOperators; }

std::string condition_parameter(const core::TableSchema& schema, std::size_t column,
                                std::string_view op) {
  const std::string name = column_parameter(schema, column);
  if (op == "eq") return name;
  const std::string suffix = "__" + std::string(op);
  // "a__ne" may be a column of its own; the aliases hardly ever are.
  return schema.find(name + suffix) ? "c" + std::to_string(column + 1) + suffix : name + suffix;
}

}  // namespace minato::web
