// q, sort and fields (datastore_filters.h).
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "formats/json.h"
#include "formats/query/datastore_filters.h"
#include "formats/query/datastore_parts.h"
#include "formats/query/filter_tokens.h"

namespace minato::formats {
namespace {

using core::Filter;
using core::FilterOp;

constexpr std::size_t kMaxSortKeys = 20;
constexpr std::size_t kMaxFields = 4'000;
constexpr std::size_t kMaxSearchBytes = 1'024;
constexpr std::size_t kMaxSearchColumns = 100;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Words between the operators & | ! ( ) of PostgreSQL's to_tsquery().
class TsQuery {
 public:
  TsQuery(std::string_view text, Filter word) : text_(text), word_(std::move(word)) {}

  // nullopt: PostgreSQL refuses it too.
  std::optional<Filter> parse() {
    auto filter = chain(Filter::Kind::kOr);
    skip_blanks();
    if (at_ < text_.size()) return std::nullopt;
    return filter;
  }

 private:
  std::optional<Filter> chain(Filter::Kind kind) {
    const char sign = kind == Filter::Kind::kOr ? '|' : '&';
    std::vector<Filter> children;
    do {
      auto child = kind == Filter::Kind::kOr ? chain(Filter::Kind::kAnd) : factor();
      if (!child) return std::nullopt;
      children.push_back(std::move(*child));
    } while (accept(sign));
    return datastore_join(kind, std::move(children));
  }

  std::optional<Filter> factor() {
    constexpr int kMaxDepth = 20;
    if (accept('!')) {
      if (++depth_ > kMaxDepth) return std::nullopt;
      auto child = factor();
      --depth_;
      if (!child) return std::nullopt;
      Filter negation;
      negation.kind = Filter::Kind::kNot;
      negation.children.push_back(std::move(*child));
      return negation;
    }
    if (!accept('(')) return word();
    if (++depth_ > kMaxDepth) return std::nullopt;
    auto inner = chain(Filter::Kind::kOr);
    --depth_;
    if (!inner || !accept(')')) return std::nullopt;
    return inner;
  }

  std::optional<Filter> word() {
    skip_blanks();
    const bool quoted = accept('\'');
    const std::string_view ends = quoted ? "'" : "&|!() \t\r\n:";
    const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
    Filter test = word_;
    test.values = {std::string(text_.substr(at_, end - at_))};
    if (end == at_ || (quoted && end == text_.size())) return std::nullopt;
    at_ = end + (quoted ? 1 : 0);
    if (at_ < text_.size() && text_[at_] == ':') {
      at_ = std::min(text_.find_first_not_of(":*abcdABCD", at_), text_.size());
    }
    return test;
  }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  bool accept(char sign) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != sign) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  Filter word_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

core::Result<Filter> search_test(std::string_view text, bool plain, Filter word) {
  if (text.size() > kMaxSearchBytes) return fail_datastore_value("q", text);
  if (trimmed(text).empty()) return Filter{};
  if (!plain) {
    auto filter = TsQuery(text, std::move(word)).parse();
    if (!filter) return fail_datastore_value("q", text);
    return std::move(*filter);
  }
  word.values = {std::string(text)};
  return word;
}

// "asc", "desc" and "nulls first" from the end of `clause`, which keeps the name.
core::RowSort take_order(std::string_view& clause) {
  core::RowSort key;
  const auto take_word = [&clause](std::string_view word) {
    const std::size_t blank = clause.find_last_of(" \t");
    if (blank == std::string_view::npos || !is_keyword(clause.substr(blank + 1), word))
      return false;
    clause = trimmed(clause.substr(0, blank));
    return true;
  };
  std::optional<bool> nulls_first;
  const std::string_view whole = clause;
  if (take_word("first")) nulls_first = true;
  if (!nulls_first && take_word("last")) nulls_first = false;
  if (nulls_first && !take_word("nulls")) {
    clause = whole;
    nulls_first.reset();
  }
  key.descending = take_word("desc");
  if (!key.descending) take_word("asc");
  key.nulls_first = nulls_first.value_or(key.descending);
  return key;
}

core::Result<core::RowSort> sort_key(std::string_view clause, const core::TableSchema& schema) {
  const std::string_view whole = trimmed(clause);
  std::string_view name = whole;
  core::RowSort key;
  auto operand = datastore_column(whole, schema);
  if (!operand) {
    key = take_order(name);
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
      name = name.substr(1, name.size() - 2);
    }
    operand = datastore_column(name, schema);
  }
  if (!operand) return fail_datastore_value("sort", whole);
  key.operand = *operand;
  return key;
}

// Cut at commas outside double quotes.
std::vector<std::string_view> split_clauses(std::string_view text) {
  std::vector<std::string_view> clauses;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '"') quoted = !quoted;
    if (i < text.size() && (text[i] != ',' || quoted)) continue;
    if (!trimmed(text.substr(start, i - start)).empty()) {
      clauses.push_back(text.substr(start, i - start));
    }
    start = i + 1;
  }
  return clauses;
}

// A text cut at commas, or a list of texts as they are.
core::Result<std::vector<std::string_view>> list_of(std::string_view param,
                                                    const rapidjson::Value& json,
                                                    std::size_t max_items) {
  std::vector<std::string_view> items;
  if (json.IsString()) {
    items = split_clauses(text_of(json));
  } else if (json.IsArray()) {
    for (const auto& element : json.GetArray()) {
      if (!element.IsString()) return fail_datastore_value(param, datastore_text(element));
      items.push_back(text_of(element));
    }
  } else if (!json.IsNull()) {
    return fail_datastore_value(param, datastore_text(json));
  }
  if (items.size() > max_items) return fail_datastore(param, "Too many values");
  return items;
}

}  // namespace

core::Result<core::Filter> parse_datastore_q(const rapidjson::Value& q, bool plain,
                                             const core::TableSchema& schema) {
  if (q.IsString()) {
    const std::string_view text = text_of(q);
    if (trimmed(text).starts_with('{')) {
      const auto parsed = parse_json(text);
      if (parsed && parsed->IsObject()) return parse_datastore_q(*parsed, plain, schema);
    }
    return search_test(text, plain, datastore_test(FilterOp::kSearchAny, {}));
  }
  if (q.IsNull()) return Filter{};
  if (!q.IsObject() || q.MemberCount() > kMaxSearchColumns) {
    return fail_datastore_value("q", datastore_text(q));
  }
  std::vector<Filter> tests;
  for (const auto& member : q.GetObject()) {
    const auto operand = datastore_column(text_of(member.name), schema);
    if (!operand || operand->column == core::Operand::kRowId) {
      return fail_datastore_value("q", text_of(member.name));
    }
    if (member.value.IsObject() || member.value.IsArray()) {
      return fail_datastore_value("q", datastore_text(member.value));
    }
    auto test = search_test(datastore_text(member.value), plain,
                            datastore_test(FilterOp::kSearch, *operand));
    if (!test) return test;
    if (test->kind != Filter::Kind::kAll) tests.push_back(std::move(*test));
  }
  return datastore_join(Filter::Kind::kAnd, std::move(tests));
}

core::Result<std::vector<core::RowSort>> parse_datastore_sort(const rapidjson::Value& sort,
                                                              const core::TableSchema& schema) {
  const auto clauses = list_of("sort", sort, kMaxSortKeys);
  if (!clauses) return tl::unexpected(clauses.error());
  std::vector<core::RowSort> keys;
  for (const std::string_view clause : *clauses) {
    const auto key = sort_key(clause, schema);
    if (!key) return tl::unexpected(key.error());
    keys.push_back(*key);
  }
  return keys;
}

core::Result<std::vector<int>> parse_datastore_fields(const rapidjson::Value& fields,
                                                      const core::TableSchema& schema) {
  const auto names = list_of("fields", fields, kMaxFields);
  if (!names) return tl::unexpected(names.error());
  std::vector<int> columns;
  for (const std::string_view name : *names) {
    auto operand = datastore_column(name, schema);
    if (!operand) operand = datastore_column(trimmed(name), schema);
    if (!operand) return fail_datastore_value("fields", trimmed(name));
    columns.push_back(operand->column);
  }
  if (!columns.empty()) return columns;
  columns.push_back(core::Operand::kRowId);
  for (std::size_t i = 0; i < schema.columns.size(); ++i) columns.push_back(static_cast<int>(i));
  return columns;
}

}  // namespace minato::formats
