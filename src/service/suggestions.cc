// What the catalogue proposes while somebody is typing.
#include <algorithm>
#include <utility>

#include "service/catalog.h"

namespace minato::service {
namespace {

using core::Result;
using core::SearchExpr;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

SearchExpr condition(SearchExpr::Kind kind, std::string field, std::string value) {
  SearchExpr expr;
  expr.kind = kind;
  expr.field = std::move(field);
  expr.value = std::move(value);
  return expr;
}

// Only what a dataset's name can hold is looked for in names; this also keeps wildcards out.
bool may_be_in_name(std::string_view text) {
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

}  // namespace

Result<std::vector<DatasetSuggestion>> Catalog::suggest_datasets(std::string_view typed,
                                                                 std::int64_t limit) {
  std::vector<DatasetSuggestion> suggestions;
  if (typed.empty() || limit <= 0) return suggestions;
  const std::string folded = lower_ascii(typed);
  SearchExpr either;
  either.kind = SearchExpr::Kind::kOr;
  either.children.push_back(condition(SearchExpr::Kind::kPrefix, "title", std::string(typed)));
  if (may_be_in_name(folded)) {
    either.children.push_back(condition(SearchExpr::Kind::kWildcard, "name", "*" + folded + "*"));
  }
  core::SearchRequest request;
  request.query = std::move(either);
  request.limit = limit;
  auto found = search(request);
  if (!found) return tl::unexpected(std::move(found).error());
  for (const auto& dataset : found->datasets) {
    const bool by_title = dataset->name.find(folded) == std::string::npos;
    suggestions.push_back({dataset->name, dataset->title, by_title});
  }
  return suggestions;
}

Result<std::vector<std::string>> Catalog::suggest_formats(std::string_view typed,
                                                          std::int64_t limit) {
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto counts = (*view)->formats();
  if (!counts) return tl::unexpected(std::move(counts).error());
  const std::string wanted = lower_ascii(typed);
  std::map<std::string, std::int64_t> matching;  // spellings that differ in case are one
  for (const auto& [format, count] : *counts) {
    std::string name = lower_ascii(format);
    if (name.find(wanted) != std::string::npos) matching[std::move(name)] += count;
  }
  std::vector<std::pair<std::string, std::int64_t>> ranked(matching.begin(), matching.end());
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> names;
  for (auto& [name, count] : ranked) {
    if (static_cast<std::int64_t>(names.size()) == limit) break;
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace minato::service
