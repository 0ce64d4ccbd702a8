#include "http/handlers/api_v1/dataset_query.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/time.h"
#include "core/vocabularies.h"
#include "formats/ckan_query.h"
#include "http/handlers/api_v1/parameters.h"
#include "http/url.h"

namespace minato::http::api_v1 {
namespace {

using core::SearchExpr;

constexpr std::int64_t kDefaultLimit = 20;
constexpr std::int64_t kMaxLimit = 1000;
constexpr std::size_t kMaxValues = 100;  // of all filters together

constexpr std::array<ParameterRule, 15> kRules = {{{"q"},
                                                   {"organization", true},
                                                   {"group", true},
                                                   {"tag", true},
                                                   {"theme", true},
                                                   {"format", true},
                                                   {"license", true},
                                                   {"municipality", true},
                                                   {"frequency", true},
                                                   {"modified_since"},
                                                   {"sort"},
                                                   {"limit"},
                                                   {"cursor"},
                                                   {"facet", true},
                                                   {"include", true}}};

SearchExpr equal(std::string_view field, std::string value) {
  SearchExpr expr;
  expr.kind = SearchExpr::Kind::kEqual;
  expr.field = std::string(field);
  expr.value = std::move(value);
  return expr;
}

SearchExpr any_of(std::vector<SearchExpr> children) {
  if (children.size() == 1) return std::move(children.front());
  SearchExpr expr;
  expr.kind = SearchExpr::Kind::kOr;
  expr.children = std::move(children);
  return expr;
}

std::vector<std::string> comma_separated(const std::vector<std::string>& values) {
  std::vector<std::string> out;
  for (const std::string& value : values) {
    std::size_t begin = 0;
    while (begin <= value.size()) {
      const std::size_t end = std::min(value.find(',', begin), value.size());
      if (end > begin) out.push_back(value.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return out;
}

template <typename Item, typename Key>
std::vector<std::string_view> keys_of(const std::vector<Item>& items, Key Item::*key) {
  std::vector<std::string_view> keys;
  for (const Item& item : items) keys.emplace_back(item.*key);
  return keys;
}

// The value as the catalogue stores it: people also write names, aliases and media types.
std::string stored_value(std::string_view param, const std::string& asked, Parameters& parameters) {
  if (param == "theme") {
    if (const core::Theme* theme = core::find_theme(asked)) return theme->code;
    parameters.reject_choice(param, asked, keys_of(core::themes(), &core::Theme::code));
  } else if (param == "frequency") {
    if (const core::Frequency* frequency = core::find_frequency(asked)) return frequency->code;
    parameters.reject_choice(param, asked, keys_of(core::frequencies(), &core::Frequency::code));
  } else if (param == "license") {
    if (const core::License* license = core::find_license(asked)) return license->id;
  } else if (param == "format") {
    return core::normalise_format(asked);
  }
  return asked;
}

void read_filters(Parameters& parameters, core::SearchRequest& search) {
  for (const auto& [name, field] : facet_names()) {
    std::vector<SearchExpr> alternatives;
    for (const std::string& asked : parameters.values(name)) {
      alternatives.push_back(equal(field, stored_value(name, asked, parameters)));
    }
    if (!alternatives.empty()) search.filters.push_back(any_of(std::move(alternatives)));
  }
}

bool is_municipality_code(const std::string& code) {
  return code.size() == 6 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A dataset is about a municipality when its coverage says so, or when the municipality publishes
// it.
void read_municipalities(Parameters& parameters, core::SearchRequest& search) {
  std::vector<SearchExpr> alternatives;
  for (const std::string& code : parameters.values("municipality")) {
    if (!is_municipality_code(code)) {
      parameters.reject({"municipality",
                         "141003",
                         code,
                         {"全国地方公共団体コード（検査数字を含む 6 桁）で指定します。",
                          "Give the 6-digit local government code, check digit included."}});
      continue;
    }
    alternatives.push_back(equal("municipality", code));
    alternatives.push_back(equal("organization", code));
  }
  if (!alternatives.empty()) search.filters.push_back(any_of(std::move(alternatives)));
}

void read_modified_since(Parameters& parameters, core::SearchRequest& search) {
  const std::string text = parameters.value("modified_since");
  if (text.empty()) return;
  const std::optional<core::Timestamp> since = core::parse_iso8601(text);
  if (!since) {
    parameters.reject({"modified_since",
                       "2026-04-01, 2026-04-01T09:00:00+09:00",
                       text,
                       {"ISO 8601 の日付か日時で指定します。「+」は %2B と書きます。",
                        "Give an ISO 8601 date or date-time; write '+' as %2B."}});
    return;
  }
  SearchExpr range;
  range.kind = SearchExpr::Kind::kRange;
  range.field = "metadata_modified";
  range.low.value = core::to_ckan_time(*since) + "Z";
  search.filters.push_back(std::move(range));
}

void read_sort(Parameters& parameters, core::SearchRequest& search) {
  static const std::vector<std::string_view> names = {"title", "name", "modified", "created",
                                                      "score"};
  static const std::vector<std::string_view> fields = {"title_string", "name", "metadata_modified",
                                                       "metadata_created", "score"};
  for (const std::string& key : comma_separated({parameters.value("sort")})) {
    const bool descending = key.front() == '-';
    const std::string name = key.substr(descending ? 1 : 0);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      parameters.reject_choice("sort", name, names);
      continue;
    }
    const std::string_view field = fields[static_cast<std::size_t>(found - names.begin())];
    search.sort.push_back({std::string(field), descending});
  }
}

void read_facets(Parameters& parameters, DatasetQuery& query) {
  std::vector<std::string_view> names;
  for (const FacetName& facet : facet_names()) names.push_back(facet.name);
  for (const std::string& asked : comma_separated(parameters.values("facet"))) {
    const auto found = std::find(names.begin(), names.end(), asked);
    if (found == names.end()) {
      parameters.reject_choice("facet", asked, names);
      continue;
    }
    if (std::find(query.facets.begin(), query.facets.end(), *found) != query.facets.end()) continue;
    query.facets.push_back(*found);
    const auto& facet = facet_names()[static_cast<std::size_t>(found - names.begin())];
    query.search.facets.emplace_back(facet.field);
  }
}

// What is not public, as far as the caller may see it.
void read_include(Parameters& parameters, core::Visibility& widened) {
  for (const std::string& asked : comma_separated(parameters.values("include"))) {
    if (asked == "private") {
      widened.include_private = true;
    } else if (asked == "draft") {
      widened.include_drafts = true;
    } else if (asked == "deleted") {
      widened.include_deleted = true;
    } else {
      parameters.reject_choice("include", asked, {"private", "draft", "deleted"});
    }
  }
}

void check_size(const Params& params, Parameters& parameters) {
  if (parameters.value("q").size() > kMaxQueryBytes) {
    parameters.reject({"q", "<= 1024 bytes", parameters.value("q"), {}});
  }
  if (params.size() > kMaxValues) {
    parameters.reject({"", "<= 100", std::to_string(params.size()), {}});
  }
}

std::string binding_of(const Params& params) {
  Params bound;
  for (const auto& [name, value] : params) {
    if (name != "cursor" && name != "limit" && name != "facet") bound.emplace_back(name, value);
  }
  return canonical_query(bound);
}

}  // namespace

const std::vector<FacetName>& facet_names() {
  static const std::vector<FacetName> names = {{"organization", "organization"},
                                               {"group", "groups"},
                                               {"tag", "tags"},
                                               {"theme", "theme"},
                                               {"format", "res_format"},
                                               {"license", "license_id"},
                                               {"frequency", "frequency"}};
  return names;
}

core::Result<DatasetQuery> parse_dataset_query(const Params& params) {
  Parameters parameters(params, kRules);
  DatasetQuery query;
  check_size(params, parameters);
  read_filters(parameters, query.search);
  read_municipalities(parameters, query.search);
  read_modified_since(parameters, query.search);
  read_sort(parameters, query.search);
  read_facets(parameters, query);
  read_include(parameters, query.search.visibility);
  query.search.limit = parameters.number("limit", kDefaultLimit, 0, kMaxLimit);
  query.search.asked = parameters.value("q");
  SearchExpr text = formats::parse_search_box(query.search.asked);
  if (text.kind != SearchExpr::Kind::kAll) query.search.query = std::move(text);
  query.cursor = parameters.value("cursor");
  query.binding = binding_of(params);
  if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
  return query;
}

}  // namespace minato::http::api_v1
