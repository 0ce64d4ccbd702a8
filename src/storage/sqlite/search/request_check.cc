#include "storage/sqlite/search/request_check.h"

#include <charconv>

#include "core/search_fields.h"
#include "core/time.h"

namespace minato::storage::sqlite::search {
namespace {

using core::ErrorCode;
using Kind = core::SearchExpr::Kind;

constexpr int kMaxDepth = 64;
constexpr int kMaxClauses = 1024;
constexpr int kMaxTextClauses = 128;  // each may take a byte per document
constexpr std::size_t kMaxClauseBytes = 8192;
constexpr std::size_t kMaxPatternBytes = 128;

core::Result<void> too_complex() {
  return core::fail(
      ErrorCode::kInvalidArgument, "search-too-complex",
      {"検索条件が複雑すぎるか、長すぎます。", "The search is too complex or too long."},
      {"条件の数・入れ子・語の長さを減らしてください (条件 1,024 個、うち文章の条件 128 個、入れ子 "
       "64 段、"
       "語 8,192 バイト、ワイルドカード 128 バイトまで)。",
       "Use fewer clauses (1,024, of these 128 on text), less nesting (64), shorter terms "
       "(8,192 bytes) or wildcards (128 bytes)."});
}

core::Result<void> unsupported_clause(const core::SearchExpr& expr, const IndexField& field) {
  const std::string name = field.name.empty() ? "text" : field.name;
  const std::string kind_ja = expr.kind == Kind::kRange ? "範囲" : "ワイルドカードや前方一致";
  const std::string kind_en = expr.kind == Kind::kRange ? "a range" : "a wildcard or prefix";
  return core::fail(ErrorCode::kInvalidArgument, "search-clause-unsupported",
                    {"項目 " + name + " には" + kind_ja + "を指定できません。",
                     "Field " + name + " cannot be searched by " + kind_en + "."},
                    {"文章の項目には語句を、日付と数の項目には値か範囲を指定してください。",
                     "Give words for text fields, and a value or a range for dates and numbers."});
}

core::Result<void> invalid_value(const IndexField& field, const std::string& value) {
  const bool date = field.type == core::FieldType::kDate;
  return core::fail(
      ErrorCode::kInvalidArgument, "search-value-invalid",
      {"項目 " + field.name + " の値「" + value + "」は" + (date ? "日時" : "整数") +
           "ではありません。",
       "The value \"" + value + "\" of field " + field.name + " is no " +
           (date ? "date." : "integer.")},
      {date ? "2024-01-31 または 2024-01-31T09:00:00Z の形で指定してください。"
            : "整数を指定してください。",
       date ? "Write it as 2024-01-31 or 2024-01-31T09:00:00Z." : "Give an integer."});
}

core::Result<void> check_number(const core::SearchExpr& expr, const IndexField& field) {
  if (expr.kind == Kind::kPrefix || expr.kind == Kind::kWildcard) {
    return unsupported_clause(expr, field);
  }
  if (expr.kind == Kind::kRange) {
    for (const auto* bound : {&expr.low, &expr.high}) {
      if (bound->value && !number_of(field, *bound->value))
        return invalid_value(field, *bound->value);
    }
  } else if (expr.kind != Kind::kExists && !number_of(field, expr.value)) {
    return invalid_value(field, expr.value);
  }
  return {};
}

struct Seen {
  int clauses = 0;
  int text_clauses = 0;
};

core::Result<void> check_leaf(const core::SearchExpr& expr, Seen& seen) {
  if (expr.value.size() > kMaxClauseBytes) return too_complex();
  if (expr.kind == Kind::kWildcard && expr.value.size() > kMaxPatternBytes) return too_complex();
  const IndexField field = index_field(expr.field);
  if (field.place == Place::kNumber) return check_number(expr, field);
  if (field.place == Place::kText && ++seen.text_clauses > kMaxTextClauses) return too_complex();
  const bool bounded = expr.low.value || expr.high.value;
  if (field.place == Place::kText && expr.kind == Kind::kRange && bounded) {
    return unsupported_clause(expr, field);
  }
  return {};
}

core::Result<void> check_expr(const core::SearchExpr& expr, int depth, Seen& seen) {
  if (depth > kMaxDepth || ++seen.clauses > kMaxClauses) return too_complex();
  switch (expr.kind) {
    case Kind::kAll:
      return {};
    case Kind::kAnd:
    case Kind::kOr:
    case Kind::kNot:
      for (const auto& child : expr.children) {
        if (auto good = check_expr(child, depth + 1, seen); !good) return good;
      }
      return {};
    default:
      return check_leaf(expr, seen);
  }
}

core::Result<void> check_sort(const std::vector<core::SortKey>& sort) {
  for (const auto& key : sort) {
    if (core::is_sort_field(key.field)) continue;
    return core::fail(
        ErrorCode::kInvalidArgument, "search-sort-unknown",
        {"並べ替えの項目「" + key.field + "」はありません。",
         "There is no sort field \"" + key.field + "\"."},
        {"name, title_string, score, metadata_modified, metadata_created, id, views_recent "
         "から選んでください。",
         "Choose from name, title_string, score, metadata_modified, metadata_created, id, "
         "views_recent."});
  }
  return {};
}

core::Result<void> check_facets(const std::vector<std::string>& facets) {
  for (const auto& facet : facets) {
    const Place place = index_field(facet).place;
    if (place != Place::kText && place != Place::kNumber) continue;
    return core::fail(
        ErrorCode::kInvalidArgument, "search-facet-unsupported",
        {"項目「" + facet + "」ごとの件数は数えられません。",
         "Hits cannot be counted by \"" + facet + "\"."},
        {"organization, groups, tags, res_format, license_id などの値の項目を指定してください。",
         "Use a field of values such as organization, groups, tags, res_format, license_id."});
  }
  return {};
}

}  // namespace

core::Result<void> check(const core::SearchRequest& request) {
  if (request.offset < 0 || request.limit < 0) {
    return core::fail(ErrorCode::kInvalidArgument, "search-page-invalid",
                      {"開始位置と件数は 0 以上でなければなりません。",
                       "Offset and limit of a search must not be negative."},
                      {"0 以上の整数を指定してください。", "Give integers of 0 or more."});
  }
  if (auto good = check_sort(request.sort); !good) return good;
  if (auto good = check_facets(request.facets); !good) return good;
  Seen seen;
  if (request.query) {
    if (auto good = check_expr(*request.query, 0, seen); !good) return good;
  }
  for (const auto& filter : request.filters) {
    if (auto good = check_expr(filter, 0, seen); !good) return good;
  }
  return {};
}

std::optional<std::int64_t> number_of(const IndexField& field, std::string_view value) {
  if (field.type == core::FieldType::kDate) {
    const auto time = core::parse_iso8601(value);
    return time ? std::optional(time->us) : std::nullopt;
  }
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (fault != std::errc() || end != value.data() + value.size()) return std::nullopt;
  return number;
}

}  // namespace minato::storage::sqlite::search
