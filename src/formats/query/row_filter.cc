#include "formats/query/row_filter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/query/literal.h"
#include "formats/query/places.h"
#include "formats/query/token_reader.h"

namespace minato::formats {
namespace {

using core::Filter;
using core::FilterOp;
using core::Operand;
using core::Result;
using Kind = FilterToken::Kind;

constexpr int kMaxDepth = 32;
constexpr int kMaxNodes = 500;
constexpr std::size_t kMaxListValues = 1'000;
constexpr std::ptrdiff_t kMaxWildcards = 10;

struct NamedOp {
  std::string_view name;
  FilterOp op;
};

constexpr std::array<NamedOp, 6> kComparisons = {{{"=", FilterOp::kEq},
                                                  {"!=", FilterOp::kNe},
                                                  {"<", FilterOp::kLt},
                                                  {"<=", FilterOp::kLe},
                                                  {">", FilterOp::kGt},
                                                  {">=", FilterOp::kGe}}};
constexpr std::array<NamedOp, 4> kTextTests = {{{"search", FilterOp::kSearch},
                                                {"starts_with", FilterOp::kStartsWith},
                                                {"ends_with", FilterOp::kEndsWith},
                                                {"contains", FilterOp::kContains}}};
constexpr std::array<NamedOp, 2> kPlaceTests = {
    {{"within_distance", FilterOp::kWithinDistance}, {"in_bbox", FilterOp::kInBbox}}};

template <std::size_t N>
std::optional<FilterOp> op_named(const std::array<NamedOp, N>& ops, std::string_view name) {
  for (const NamedOp& op : ops) {
    if (is_keyword(name, op.name)) return op.op;
  }
  return std::nullopt;
}

Filter test(FilterOp op, const Operand& operand, std::vector<core::Value> values = {}) {
  Filter filter;
  filter.kind = Filter::Kind::kTest;
  filter.op = op;
  filter.operand = operand;
  filter.values = std::move(values);
  return filter;
}

Filter negated(Filter child) {
  Filter filter;
  filter.kind = Filter::Kind::kNot;
  filter.children.push_back(std::move(child));
  return filter;
}

class FilterParser {
 public:
  explicit FilterParser(TokenReader reader) : reader_(std::move(reader)) {}

  Result<Filter> run() {
    if (reader_.at_end()) return Filter{};
    auto filter = chain(Filter::Kind::kOr);
    if (filter && !reader_.at_end()) {
      return reader_.refuse("and, or",
                            {"条件は and か or でつなぎます。", "Join conditions with and, or."});
    }
    return filter;
  }

 private:
  Result<Filter> chain(Filter::Kind kind) {
    const bool is_or = kind == Filter::Kind::kOr;
    std::vector<Filter> children;
    do {
      auto child = is_or ? chain(Filter::Kind::kAnd) : negation();
      if (!child) return child;
      children.push_back(std::move(*child));
    } while (reader_.accept_keyword(is_or ? "or" : "and"));
    if (children.size() == 1) return std::move(children.front());
    if (auto counted = count_node(); !counted) return tl::unexpected(counted.error());
    Filter filter;
    filter.kind = kind;
    filter.children = std::move(children);
    return filter;
  }

  Result<Filter> negation() {
    if (!reader_.sees_keyword("not")) return primary();
    if (auto entered = enter(); !entered) return tl::unexpected(entered.error());
    reader_.take();
    if (auto counted = count_node(); !counted) return tl::unexpected(counted.error());
    auto child = negation();
    --depth_;
    if (!child) return child;
    return negated(std::move(*child));
  }

  Result<Filter> primary() {
    if (!reader_.sees_sign("(")) {
      if (auto counted = count_node(); !counted) return tl::unexpected(counted.error());
      return predicate();
    }
    if (auto entered = enter(); !entered) return tl::unexpected(entered.error());
    reader_.take();
    auto filter = chain(Filter::Kind::kOr);
    --depth_;
    if (!filter) return filter;
    if (auto closed = reader_.expect_sign(")"); !closed) return tl::unexpected(closed.error());
    return filter;
  }

  Result<Filter> predicate() {
    const FilterToken& token = reader_.peek();
    if (token.kind == Kind::kName && reader_.sees_sign("(", 1)) {
      if (const auto op = op_named(kTextTests, token.text)) return text_test(*op);
      if (const auto op = op_named(kPlaceTests, token.text)) return place_test(*op);
    }
    const auto operand = reader_.operand();
    if (!operand) return tl::unexpected(operand.error());
    const bool is_not = reader_.accept_keyword("not");
    auto filter = comparison(*operand, is_not);
    return filter;
  }

  Result<Filter> comparison(const Operand& operand, bool is_not) {
    if (reader_.accept_keyword("in")) return list(operand, is_not);
    if (reader_.accept_keyword("like")) return like(operand, is_not);
    if (reader_.accept_keyword("between")) return between(operand, is_not);
    if (is_not) return reader_.refuse("in, like, between");
    if (reader_.accept_keyword("is")) {
      const bool present = reader_.accept_keyword("not");
      if (!reader_.accept_keyword("null")) return reader_.refuse("null");
      return test(present ? FilterOp::kNotNull : FilterOp::kIsNull, operand);
    }
    const FilterToken& sign = reader_.peek();
    const auto op = sign.kind == Kind::kSign ? op_named(kComparisons, sign.text) : std::nullopt;
    if (!op) return reader_.refuse("= != < <= > >= in like between is");
    reader_.take();
    auto literal = value(operand);
    if (!literal) return tl::unexpected(literal.error());
    return test(*op, operand, {std::move(*literal)});
  }

  Result<Filter> list(const Operand& operand, bool is_not) {
    if (auto opened = reader_.expect_sign("("); !opened) return tl::unexpected(opened.error());
    std::vector<core::Value> values;
    do {
      if (values.size() == kMaxListValues) {
        return too_large("<= 1000", {"in の中の値が多すぎます。", "Too many values behind in."});
      }
      auto literal = value(operand);
      if (!literal) return tl::unexpected(literal.error());
      values.push_back(std::move(*literal));
    } while (reader_.accept_sign(","));
    if (auto closed = reader_.expect_sign(")"); !closed) return tl::unexpected(closed.error());
    return test(is_not ? FilterOp::kNotIn : FilterOp::kIn, operand, std::move(values));
  }

  Result<Filter> between(const Operand& operand, bool is_not) {
    auto low = value(operand);
    if (!low) return tl::unexpected(low.error());
    if (!reader_.accept_keyword("and")) return reader_.refuse("and");
    auto high = value(operand);
    if (!high) return tl::unexpected(high.error());
    auto filter = test(FilterOp::kBetween, operand, {std::move(*low), std::move(*high)});
    return is_not ? negated(std::move(filter)) : std::move(filter);
  }

  Result<Filter> like(const Operand& operand, bool is_not) {
    auto pattern = text_for(operand);
    if (!pattern) return tl::unexpected(pattern.error());
    const auto& text = std::get<std::string>(*pattern);
    if (std::count(text.begin(), text.end(), '%') > kMaxWildcards) {
      return too_large("<= 10 %", {"like の % が多すぎます。", "Too many % in the pattern."});
    }
    auto filter = test(FilterOp::kLike, operand, {std::move(*pattern)});
    return is_not ? negated(std::move(filter)) : std::move(filter);
  }

  Result<Filter> text_test(FilterOp op) {
    reader_.take();
    reader_.take();
    Operand operand;
    if (op == FilterOp::kSearch && reader_.peek().kind == Kind::kText) {
      op = FilterOp::kSearchAny;
    } else {
      const auto named = reader_.operand();
      if (!named) return tl::unexpected(named.error());
      operand = *named;
      if (auto comma = reader_.expect_sign(","); !comma) return tl::unexpected(comma.error());
    }
    auto words = op == FilterOp::kSearchAny ? core::Value(reader_.take().text) : text_for(operand);
    if (!words) return tl::unexpected(words.error());
    if (auto closed = reader_.expect_sign(")"); !closed) return tl::unexpected(closed.error());
    return test(op, operand, {std::move(*words)});
  }

  Result<Filter> place_test(FilterOp op) {
    const FilterToken function = reader_.take();
    reader_.take();
    if (!has_coordinates(*reader_.source().schema)) {
      return fail_coordinates(reader_.place(function.offset));
    }
    std::vector<double> numbers;
    do {
      if (reader_.peek().kind != Kind::kNumber) return reader_.refuse("number");
      const auto number = value_of_text(reader_.take().text, core::ColumnType::kNumber);
      if (!number) return reader_.refuse("number");
      numbers.push_back(std::get<double>(*number));
    } while (reader_.accept_sign(",") && numbers.size() < 5);
    if (auto closed = reader_.expect_sign(")"); !closed) return tl::unexpected(closed.error());
    const bool sound = op == FilterOp::kInBbox ? is_box(numbers) : is_circle(numbers);
    if (!sound) {
      return fail_type(
          reader_.place(function.offset),
          place_fault(op == FilterOp::kInBbox, reader_.written_since(function.offset)));
    }
    return test(op, {}, {numbers.begin(), numbers.end()});
  }

  // A literal that fits what it is compared with.
  Result<core::Value> value(const Operand& operand) {
    const FilterToken token = reader_.peek();
    const core::ColumnType type = operand_type(operand, *reader_.source().schema);
    const bool is_boolean = reader_.sees_keyword("true") || reader_.sees_keyword("false");
    if (reader_.sees_keyword("null")) {
      return reader_.refuse("value", {"値がないことは「列 is null」と書きます。",
                                      "Write \"column is null\" for missing values."});
    }
    if (token.kind != Kind::kText && token.kind != Kind::kNumber && !is_boolean) {
      return reader_.refuse(type_example(type).en, value_hint(token));
    }
    const bool kind_fits = token.kind == Kind::kText     ? is_text_type(type)
                           : token.kind == Kind::kNumber ? type == core::ColumnType::kInteger ||
                                                               type == core::ColumnType::kNumber
                                                         : type == core::ColumnType::kBoolean;
    auto found = kind_fits ? value_of_text(token.text, type) : std::nullopt;
    if (!found) return unfit(token, operand, type);
    reader_.take();
    return std::move(*found);
  }

  // A text for a text test: on texts and on dates and times, which are texts in ISO 8601.
  Result<core::Value> text_for(const Operand& operand) {
    const FilterToken token = reader_.peek();
    if (token.kind != Kind::kText) return reader_.refuse("'...'", value_hint(token));
    const core::ColumnType type = operand_type(operand, *reader_.source().schema);
    if (!is_text_type(type)) {
      const std::string name(core::column_type_name(type));
      return fail_type(
          reader_.place(token.offset),
          {{"数値や真偽値の列（" + name + "）に文字列の条件は使えません。",
            "A test of texts does not suit a column of type " + name + "."},
           "string",
           name,
           {"= != < <= > >= in between を使ってください。", "Use = != < <= > >= in between."}});
    }
    return core::Value(reader_.take().text);
  }

  static core::LocalizedText value_hint(const FilterToken& token) {
    if (token.kind != Kind::kName && token.kind != Kind::kQuotedName) return {};
    return {"文字列は '" + shown_input(token.text) +
                "' のように引用符で囲み、数値は半角で書いてください。列どうしは比べられません。",
            "Put texts into single quotes, '" + shown_input(token.text) +
                "'; write numbers in half-width digits. Columns cannot be compared with each "
                "other."};
  }

  [[nodiscard]] tl::unexpected<core::Error> unfit(const FilterToken& token, const Operand& operand,
                                                  core::ColumnType type) const {
    const auto& schema = *reader_.source().schema;
    const std::string name = operand.column == Operand::kRowId
                                 ? std::string(kRowNumberName)
                                 : schema.columns[static_cast<std::size_t>(operand.column)].name;
    const std::string type_name(core::column_type_name(type));
    const core::LocalizedText example = type_example(type);
    return fail_type(reader_.place(token.offset),
                     {{"「" + shown_input(token.text) + "」は列「" + name + "」（" + type_name +
                           "）の値になりません。",
                       "\"" + shown_input(token.text) + "\" does not fit the column \"" + name +
                           "\" (" + type_name + ")."},
                      type_name,
                      token.text,
                      {example.ja + "を書いてください。", "Write " + example.en + "."}});
  }

  Result<void> enter() {
    if (++depth_ <= kMaxDepth) return {};
    return too_large("<= 32", {"括弧や not が深すぎます。", "Nested too deeply."});
  }

  Result<void> count_node() {
    if (++nodes_ <= kMaxNodes) return {};
    return too_large("<= 500", {"条件が多すぎます。", "Too many conditions."});
  }

  [[nodiscard]] tl::unexpected<core::Error> too_large(std::string expected,
                                                      core::LocalizedText message) const {
    return fail_size(reader_.place(reader_.peek().offset),
                     {std::move(message),
                      std::move(expected),
                      "",
                      {"条件を減らすか、いくつかの要求に分けてください。",
                       "Use fewer conditions, or several requests."}});
  }

  TokenReader reader_;
  int depth_ = 0;
  int nodes_ = 0;
};

}  // namespace

core::Result<core::Filter> parse_where(std::string_view text, const core::TableSchema& schema,
                                       const FilterSource& source) {
  auto reader = TokenReader::open({source.param, text, &schema, source.calls_are_names});
  if (!reader) return tl::unexpected(std::move(reader.error()));
  return FilterParser(std::move(*reader)).run();
}

bool has_coordinates(const core::TableSchema& schema) {
  bool latitude = false;
  bool longitude = false;
  for (const auto& column : schema.columns) {
    if (column.role == core::ColumnRole::kPoint) return true;
    latitude = latitude || column.role == core::ColumnRole::kLatitude;
    longitude = longitude || column.role == core::ColumnRole::kLongitude;
  }
  return latitude && longitude;
}

core::Filter both(core::Filter left, core::Filter right) {
  if (left.kind == Filter::Kind::kAll) return right;
  if (right.kind == Filter::Kind::kAll) return left;
  if (left.kind != Filter::Kind::kAnd) {
    Filter joined;
    joined.kind = Filter::Kind::kAnd;
    joined.children.push_back(std::move(left));
    left = std::move(joined);
  }
  left.children.push_back(std::move(right));
  return left;
}

}  // namespace minato::formats
