#include "http/handlers/ckan/package_search.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/search_fields.h"
#include "formats/ckan_query.h"
#include "http/handlers/ckan/checks.h"

namespace minato::http::ckan {
namespace {

constexpr std::int64_t kMaxRows = 1000;
constexpr std::int64_t kMaxFacetValues = 10'000;
constexpr std::size_t kMaxFacetFields = 30;
constexpr std::size_t kMaxFilters = 50;
constexpr std::string_view kDefaultSort = "score desc, metadata_modified desc";

// Ranking and parser settings of Solr and what only plugins read are accepted and mean nothing
// here.
bool is_known_parameter(std::string_view name) {
  static const std::set<std::string_view> names = {"q",
                                                   "fq",
                                                   "fq_list",
                                                   "sort",
                                                   "rows",
                                                   "start",
                                                   "facet",
                                                   "facet.field",
                                                   "facet.limit",
                                                   "facet.mincount",
                                                   "fl",
                                                   "qf",
                                                   "bf",
                                                   "boost",
                                                   "tie",
                                                   "mm",
                                                   "defType",
                                                   "df",
                                                   "wt",
                                                   "extras",
                                                   "include_private",
                                                   "include_drafts",
                                                   "include_deleted",
                                                   "use_default_schema"};
  return names.contains(name) || name.starts_with("ext_");
}

Outcome check_names(const Arguments& arguments) {
  std::string unknown;
  std::size_t count = 0;
  for (const auto name : arguments.names()) {
    if (is_known_parameter(name)) continue;
    if (++count > 10) break;
    unknown += (unknown.empty() ? "'" : ", '") + shortened(name) + "'";
  }
  if (count == 0) return {};
  return invalid_search("Invalid search parameters: [" + unknown + "]");
}

struct Texts {
  std::string q;
  std::vector<std::string> filters;
};

Texts read_texts(Checks& checks, const Arguments& arguments) {
  Texts texts{checks.text("q"), checks.list("fq_list")};
  // Solr's own clients repeat the parameter.
  const auto* fq = arguments.find("fq");
  if (fq != nullptr && fq->IsArray()) {
    for (auto& text : checks.list("fq")) texts.filters.push_back(std::move(text));
  } else if (fq != nullptr) {
    texts.filters.push_back(checks.text("fq"));
  }
  if (texts.filters.size() > kMaxFilters) checks.fail("fq_list", "Must be at most 50 filters");
  return texts;
}

void read_facets(Checks& checks, PackageSearch& search) {
  const bool wanted = checks.flag("facet", true);
  auto fields = checks.list("facet.field");
  const auto limit = checks.integer("facet.limit").value_or(50);
  if (limit < -1) checks.fail("facet.limit", "Must be a natural number or -1");
  search.request.facet_limit = limit < 0 || limit > kMaxFacetValues ? kMaxFacetValues : limit;
  search.request.facet_min_count = checks.natural("facet.mincount", 1);
  if (fields.size() > kMaxFacetFields) checks.fail("facet.field", "Must be at most 30 fields");
  if (!wanted) return;
  for (auto& field : fields) {
    const auto& asked = search.facet_fields;
    if (std::find(asked.begin(), asked.end(), field) != asked.end()) continue;
    const auto known = core::search_field(field);
    if (known.type == core::FieldType::kText) {
      checks.fail("facet.field", "Cannot count the values of the text field " + shortened(field));
    }
    search.request.facets.push_back(known.name);
    search.facet_fields.push_back(std::move(field));
  }
}

Outcome read_expressions(const Texts& texts, const core::Clock& clock, PackageSearch& search) {
  auto query = formats::parse_ckan_q(texts.q, clock);
  if (!query) return search_failed(explain(query.error()));
  if (query->kind != core::SearchExpr::Kind::kAll) {
    search.request.query = std::move(*query);
    search.request.asked = texts.q;
  }
  search.depends_on_time = texts.q.find("NOW") != std::string::npos;
  for (const auto& text : texts.filters) {
    auto filter = formats::parse_ckan_fq(text, clock);
    if (!filter) return search_failed(explain(filter.error()));
    if (filter->kind != core::SearchExpr::Kind::kAll) {
      search.request.filters.push_back(std::move(*filter));
    }
    search.depends_on_time |= text.find("NOW") != std::string::npos;
  }
  return {};
}

Outcome read_sort(std::string sort, PackageSearch& search) {
  auto keys = formats::parse_ckan_sort(sort);
  if (!keys) return invalid_search("Invalid \"sort\" parameter: " + explain(keys.error()));
  search.request.sort = std::move(*keys);
  search.sort = sort.empty() ? std::string(kDefaultSort) : std::move(sort);
  return {};
}

std::vector<std::string> flat_fields(Checks& checks) {
  std::vector<std::string> fields;
  for (const auto& item : checks.list("fl")) {
    std::size_t begin = 0;
    while (begin <= item.size()) {
      const auto end = std::min(item.find_first_of(", ", begin), item.size());
      if (end > begin) fields.push_back(item.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  if (fields.size() > 100) checks.fail("fl", "Must be at most 100 fields");
  return fields;
}

}  // namespace

Checked<PackageSearch> parse_package_search(const Arguments& arguments, const core::Clock& clock) {
  if (auto known = check_names(arguments); !known) return tl::unexpected(known.error());
  Checks checks(arguments);
  PackageSearch search;
  const Texts texts = read_texts(checks, arguments);
  search.request.limit = std::min(checks.natural("rows", 10), kMaxRows);
  search.request.offset = checks.natural("start", 0);
  read_facets(checks, search);
  search.fl = flat_fields(checks);
  search.request.visibility = read_widening(checks);
  std::string sort = checks.text("sort");
  if (checks.failed()) return checks.failure();
  if (auto read = read_expressions(texts, clock, search); !read) {
    return tl::unexpected(std::move(read).error());
  }
  if (auto read = read_sort(std::move(sort), search); !read) {
    return tl::unexpected(std::move(read).error());
  }
  return search;
}

}  // namespace minato::http::ckan
