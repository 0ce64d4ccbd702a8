#include "formats/query/short_filter.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/utf8.h"
#include "formats/query/literal.h"
#include "formats/query/query_fault.h"
#include "formats/query/token_reader.h"

namespace minato::formats {
namespace {

using core::Filter;
using core::FilterOp;

constexpr std::size_t kMaxValueBytes = std::size_t{8} * 1024;
constexpr std::size_t kMaxListValues = 1'000;
constexpr std::ptrdiff_t kMaxWildcards = 10;

struct ShortOp {
  std::string_view suffix;
  FilterOp op;
};

constexpr std::array<ShortOp, 15> kOps = {{{"ne", FilterOp::kNe},
                                           {"gt", FilterOp::kGt},
                                           {"gte", FilterOp::kGe},
                                           {"lt", FilterOp::kLt},
                                           {"lte", FilterOp::kLe},
                                           {"in", FilterOp::kIn},
                                           {"nin", FilterOp::kNotIn},
                                           {"like", FilterOp::kLike},
                                           {"sw", FilterOp::kStartsWith},
                                           {"ew", FilterOp::kEndsWith},
                                           {"contains", FilterOp::kContains},
                                           {"search", FilterOp::kSearch},
                                           {"null", FilterOp::kIsNull},
                                           {"notnull", FilterOp::kNotNull},
                                           {"between", FilterOp::kBetween}}};
constexpr std::string_view kOpNames =
    "ne, gt, gte, lt, lte, in, nin, like, sw, ew, contains, search, null, notnull, between";

struct Condition {
  std::string_view param;
  std::string_view value;
  const core::TableSchema& schema;
  int column;
  FilterOp op;
};

Filter make_test(const Condition& condition, FilterOp op, std::vector<core::Value> values = {}) {
  Filter filter;
  filter.kind = Filter::Kind::kTest;
  filter.op = op;
  filter.operand.column = condition.column;
  filter.values = std::move(values);
  return filter;
}

core::ColumnType type_of(const Condition& condition) {
  return operand_type({condition.column, core::ColumnFunction::kNone}, condition.schema);
}

QueryPlace place_of(const Condition& condition, std::size_t offset = 0) {
  return {condition.param, condition.value, offset};
}

tl::unexpected<core::Error> fail_value(const Condition& condition, std::size_t offset,
                                       std::string_view got) {
  const core::ColumnType type = type_of(condition);
  const std::string type_name(core::column_type_name(type));
  const core::LocalizedText example = type_example(type);
  return fail_type(place_of(condition, offset),
                   {{"「" + shown_input(got) + "」はこの列（" + type_name + "）の値になりません。",
                     "\"" + shown_input(got) + "\" does not fit the column (" + type_name + ")."},
                    type_name,
                    std::string(got),
                    {example.ja + "を、引用符なしで書いてください。",
                     "Write " + example.en + ", without quotes."}});
}

core::Result<core::Value> value_at(const Condition& condition, std::size_t offset,
                                   std::string_view text) {
  auto value = value_of_text(text, type_of(condition));
  if (!value || text.empty()) return fail_value(condition, offset, text);
  return std::move(*value);
}

// Items of "a,b" or "\"x,y\",z" with their offsets.
std::vector<std::pair<std::size_t, std::string>> split_items(std::string_view text) {
  std::vector<std::pair<std::size_t, std::string>> items(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto& [start, item] = items.back();
    if (text[i] == '"' && (quoted || i == start)) {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        item += text[++i];
      } else {
        quoted = !quoted;
      }
    } else if (text[i] == ',' && !quoted) {
      if (items.size() > kMaxListValues) break;
      items.emplace_back(i + 1, "");
    } else {
      item += text[i];
    }
  }
  return items;
}

core::Result<Filter> list_test(const Condition& condition) {
  const auto items = split_items(condition.value);
  if (items.size() > kMaxListValues) {
    return fail_size(place_of(condition),
                     {{"値が多すぎます。", "Too many values."},
                      "<= 1000",
                      "",
                      {"いくつかの要求に分けてください。", "Ask in several requests."}});
  }
  std::vector<core::Value> values;
  for (const auto& [offset, item] : items) {
    auto value = value_at(condition, offset, item);
    if (!value) return tl::unexpected(std::move(value.error()));
    values.push_back(std::move(*value));
  }
  if (condition.op == FilterOp::kBetween && values.size() != 2) {
    return fail_type(place_of(condition),
                     {{"値を 2 つ書いてください。", "Two values are wanted."},
                      "low,high",
                      std::string(condition.value),
                      {"下限と上限をコンマで区切ります（例: 10,20）。",
                       "Write the low and the high end with a comma between, as in 10,20."}});
  }
  return make_test(condition, condition.op, std::move(values));
}

core::Result<Filter> text_test(const Condition& condition) {
  if (!is_text_type(type_of(condition))) {
    const std::string type(core::column_type_name(type_of(condition)));
    return fail_type(place_of(condition),
                     {{"数値や真偽値の列（" + type + "）に文字列の条件は使えません。",
                       "A test of texts does not suit a column of type " + type + "."},
                      "string",
                      type,
                      {"ne, gt, gte, lt, lte, in, nin, between を使ってください。",
                       "Use ne, gt, gte, lt, lte, in, nin, between."}});
  }
  if (condition.value.empty()) return fail_value(condition, 0, "");
  const auto wildcards = std::count(condition.value.begin(), condition.value.end(), '%');
  if (condition.op == FilterOp::kLike && wildcards > kMaxWildcards) {
    return fail_size(place_of(condition), {{"% が多すぎます。", "Too many %."},
                                           "<= 10 %",
                                           std::string(condition.value),
                                           {"% を減らしてください。", "Use fewer of them."}});
  }
  return make_test(condition, condition.op, {std::string(condition.value)});
}

core::Result<Filter> null_test(const Condition& condition) {
  const auto asked = value_of_text(condition.value, core::ColumnType::kBoolean);
  if (!asked && !condition.value.empty()) {
    return fail_type(place_of(condition),
                     {{"true か false を書いてください。", "true or false is wanted."},
                      "true, false",
                      std::string(condition.value),
                      {"値を空にしても true と同じです。", "An empty value means true."}});
  }
  const bool as_named = !asked || std::get<bool>(*asked);
  const bool wants_null = (condition.op == FilterOp::kIsNull) == as_named;
  return make_test(condition, wants_null ? FilterOp::kIsNull : FilterOp::kNotNull);
}

core::Result<Filter> condition_test(const Condition& condition) {
  switch (condition.op) {
    case FilterOp::kIn:
    case FilterOp::kNotIn:
    case FilterOp::kBetween:
      return list_test(condition);
    case FilterOp::kLike:
    case FilterOp::kStartsWith:
    case FilterOp::kEndsWith:
    case FilterOp::kContains:
    case FilterOp::kSearch:
      return text_test(condition);
    case FilterOp::kIsNull:
    case FilterOp::kNotNull:
      return null_test(condition);
    default:
      break;
  }
  if (condition.value.empty() && condition.op == FilterOp::kEq) {
    return make_test(condition, FilterOp::kIsNull);
  }
  if (condition.value.empty() && condition.op == FilterOp::kNe) {
    return make_test(condition, FilterOp::kNotNull);
  }
  auto value = value_at(condition, 0, condition.value);
  if (!value) return tl::unexpected(std::move(value.error()));
  return make_test(condition, condition.op, {std::move(*value)});
}

core::Result<std::optional<Filter>> checked_test(const Condition& condition) {
  if (condition.value.size() > kMaxValueBytes) {
    return fail_size(place_of(condition, kMaxValueBytes),
                     {{"値が長すぎます。", "The value is too long."},
                      "<= 8192 bytes",
                      std::to_string(condition.value.size()) + " bytes",
                      {"値を短くしてください。", "Shorten it."}});
  }
  if (!core::is_valid_utf8(condition.value)) return fail_value(condition, 0, condition.value);
  auto filter = condition_test(condition);
  if (!filter) return tl::unexpected(std::move(filter.error()));
  return std::move(*filter);
}

}  // namespace

core::Result<std::optional<core::Filter>> parse_short_filter(std::string_view name,
                                                             std::string_view value,
                                                             const core::TableSchema& schema) {
  if (const auto column = find_query_column(schema, name)) {
    return checked_test({name, value, schema, *column, FilterOp::kEq});
  }
  const std::size_t cut = name.rfind("__");
  if (cut == std::string_view::npos) return std::nullopt;
  const auto column = find_query_column(schema, name.substr(0, cut));
  if (!column) return std::nullopt;
  const std::string_view suffix = name.substr(cut + 2);
  for (const ShortOp& op : kOps) {
    if (op.suffix == suffix) return checked_test({name, value, schema, *column, op.op});
  }
  const std::string shown = shown_input(suffix);
  return fail_unknown_parameter(
      name, {{"演算子「" + shown + "」はありません。", "There is no operator \"" + shown + "\"."},
             std::string(kOpNames),
             shown,
             {"列名__演算子=値 の形で、演算子は " + std::string(kOpNames) + " です。",
              "Write column__op=value, where op is " + std::string(kOpNames) + "."}});
}

}  // namespace minato::formats
