#include "formats/query_value.h"

#include <algorithm>
#include <utility>

#include "formats/query_date.h"

namespace minato::formats {
namespace {

using core::FieldType;
using core::SearchExpr;
using core::SearchField;
using Kind = core::SearchExpr::Kind;

SearchExpr leaf(Kind kind, const SearchField& field, std::string value = {}) {
  SearchExpr expr;
  expr.kind = kind;
  expr.field = field.name;
  expr.value = std::move(value);
  return expr;
}

// Everything has a text.
SearchExpr exists(const SearchField& field) {
  return field.name.empty() ? SearchExpr{} : leaf(Kind::kExists, field);
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Solr looks at the first letter; we take what clients really write.
std::optional<bool> to_boolean(std::string_view text) {
  if (text == "true" || text == "True" || text == "TRUE" || text == "1") return true;
  if (text == "false" || text == "False" || text == "FALSE" || text == "0") return false;
  return std::nullopt;
}

tl::unexpected<core::Error> fail_date(std::size_t offset, const SearchField& field) {
  return fail_query(offset,
                    {"項目 " + field.name + " の日時が読めません。",
                     "The date for the field " + field.name + " cannot be read."},
                    {"「2024-01-01T00:00:00Z」「2024-01-01」「NOW-7DAYS」の形で書いてください。",
                     "Write it as 2024-01-01T00:00:00Z, 2024-01-01 or NOW-7DAYS."});
}

tl::unexpected<core::Error> fail_integer(std::size_t offset, const SearchField& field) {
  return fail_query(
      offset,
      {"項目 " + field.name + " の値は整数です。", "The field " + field.name + " holds integers."},
      {"「3」や「[3 TO *]」の形で書いてください。", "Write it as 3 or [3 TO *]."});
}

core::Result<SearchExpr> make_wildcard(const SearchField& field, const QueryTerm& term) {
  const bool all_stars =
      std::all_of(term.text.begin(), term.text.end(), [](char c) { return c == '*'; });
  if (all_stars) return exists(field);
  if (field.type != FieldType::kText && field.type != FieldType::kString) {
    return fail_query(term.offset,
                      {"項目 " + field.name + " に * や ? は使えません。",
                       "The field " + field.name + " takes no wildcards."},
                      {"範囲 [a TO b] を使ってください。", "Use a range: [a TO b]."});
  }
  if (term.has_escaped_wildcard) {
    return fail_query(term.offset,
                      {"\\* や \\? とワイルドカードは同時に使えません。",
                       "Escaped and real wildcards cannot stand in one word."},
                      {"どちらかだけにしてください。", "Use only one of them."});
  }
  const std::string_view text = term.text;
  if (text.find_first_of("*?") == text.size() - 1 && text.back() == '*') {
    return leaf(Kind::kPrefix, field, std::string(text.substr(0, text.size() - 1)));
  }
  return leaf(Kind::kWildcard, field, term.text);
}

SearchExpr between(const SearchField& field, const DateSpan& span) {
  SearchExpr expr = leaf(Kind::kRange, field);
  expr.low.value = core::to_ckan_time(span.first);
  expr.high.value = core::to_ckan_time(span.last);
  return expr;
}

// "TO 2024-04-30]" reaches to the end of that day, "{2024-04-30 TO" begins behind it.
core::Result<void> set_date(core::Bound& bound, bool is_low, const SearchField& field,
                            const std::pair<std::size_t, const core::Clock*>& where) {
  if (!bound.value) return {};
  const auto span = parse_query_date(*bound.value, *where.second);
  if (!span) return fail_date(where.first, field);
  bound.value = core::to_ckan_time(is_low == bound.inclusive ? span->first : span->last);
  return {};
}

}  // namespace

tl::unexpected<core::Error> fail_query(std::size_t offset, const core::LocalizedText& message,
                                       core::LocalizedText hint) {
  const std::string byte = std::to_string(offset);
  auto failure = core::fail(
      core::ErrorCode::kInvalidArgument, "search-syntax",
      {"検索式の " + byte + " バイト目: " + message.ja, message.en + " (at byte " + byte + ")"},
      hint);
  core::ErrorDetail detail;
  detail.param = "q";
  detail.message = message;
  detail.position = "byte " + byte;
  detail.hint = std::move(hint);
  failure.value().details.push_back(std::move(detail));
  return failure;
}

core::Result<SearchExpr> make_leaf(const SearchField& field, const QueryTerm& term,
                                   const core::Clock& clock) {
  if (term.has_wildcard) return make_wildcard(field, term);
  switch (field.type) {
    case FieldType::kText:
      return leaf(Kind::kText, field, term.text);
    case FieldType::kString:
      return leaf(Kind::kEqual, field, term.text);
    case FieldType::kDate: {
      const auto span = parse_query_date(term.text, clock);
      if (!span) return fail_date(term.offset, field);
      if (span->first != span->last) return between(field, *span);
      return leaf(Kind::kEqual, field, core::to_ckan_time(span->first));
    }
    case FieldType::kInteger:
      if (!is_integer(term.text)) return fail_integer(term.offset, field);
      return leaf(Kind::kEqual, field, term.text);
    case FieldType::kBoolean:
      break;
  }
  const auto value = to_boolean(term.text);
  if (!value) {
    return fail_query(term.offset,
                      {"項目 " + field.name + " の値は true か false です。",
                       "The field " + field.name + " is either true or false."},
                      {"true か false と書いてください。", "Write true or false."});
  }
  return leaf(Kind::kEqual, field, *value ? "true" : "false");
}

core::Result<SearchExpr> make_range(const SearchField& field, QueryRange range,
                                    const core::Clock& clock) {
  if (range.low.value && range.low.value->empty()) range.low.value.reset();  // ["" TO *]
  if (!range.low.value && !range.high.value) return exists(field);
  if (field.type == FieldType::kText || field.type == FieldType::kBoolean) {
    const std::string name = field.name.empty() ? "text" : field.name;
    return fail_query(
        range.offset,
        {"項目 " + name + " に範囲は使えません。", "The field " + name + " takes no range."},
        {"title の代わりに title_string など、文字列・日時・数の項目を使ってください。",
         "Use a field of exact strings, dates or numbers, such as title_string."});
  }
  if (field.type == FieldType::kDate) {
    const std::pair where{range.offset, &clock};
    if (auto set = set_date(range.low, true, field, where); !set) {
      return tl::unexpected(std::move(set).error());
    }
    if (auto set = set_date(range.high, false, field, where); !set) {
      return tl::unexpected(std::move(set).error());
    }
  }
  if (field.type == FieldType::kInteger) {
    for (const core::Bound* bound : {&range.low, &range.high}) {
      if (bound->value && !is_integer(*bound->value)) return fail_integer(range.offset, field);
    }
  }
  SearchExpr expr = leaf(Kind::kRange, field);
  expr.low = std::move(range.low);
  expr.high = std::move(range.high);
  return expr;
}

}  // namespace minato::formats
