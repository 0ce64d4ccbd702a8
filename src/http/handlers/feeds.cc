#include "http/handlers/feeds.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/licenses.h"
#include "formats/atom.h"
#include "formats/ckan_query.h"
#include "http/handlers/api_v1/dataset_query.h"
#include "http/handlers/api_v1/parameters.h"
#include "http/handlers/api_v1/replies.h"
#include "http/url.h"

namespace minato::http {
namespace {

using core::SearchExpr;

constexpr std::int64_t kMaxPage = 1'000'000;

// "NOW" of a query is the moment of the request.
class StoppedClock final : public core::Clock {
 public:
  explicit StoppedClock(core::Timestamp now) : now_(now) {}
  [[nodiscard]] core::Timestamp now() const override { return now_; }

 private:
  core::Timestamp now_;
};

// One feed: what it is called and which datasets it holds.
struct Feed {
  std::string title;
  std::string alternate;  // path of the page for people
  core::SearchRequest search;
};

SearchExpr equal(std::string field, std::string value) {
  SearchExpr expr;
  expr.kind = SearchExpr::Kind::kEqual;
  expr.field = std::move(field);
  expr.value = std::move(value);
  return expr;
}

// What the search page searches by: its feed has the same parameters.
constexpr std::array<std::string_view, 10> kSearchParameters = {
    "q",      "organization", "group",        "tag",       "theme",
    "format", "license",      "municipality", "frequency", "modified_since"};

// CKAN's search page adds what was chosen on it to the address of its feed. `sort` is read and
// forgotten: feeds are in the order of changes.
constexpr std::array<std::string_view, 5> kCkanFilters = {"organization", "groups", "tags",
                                                          "res_format", "license_id"};

// All datasets, or those of a search.
core::Result<Feed> of_search(service::Catalog& catalog, const Request& request) {
  Params chosen;
  for (const auto& param : request.query_params) {
    if (param.first != "page" && !param.second.empty()) chosen.push_back(param);
  }
  auto query = api_v1::parse_dataset_query(chosen);
  if (!query) return tl::unexpected(std::move(query).error());
  const std::string* q = request.query_param("q");
  Feed feed;
  feed.title = (q == nullptr || q->empty() ? "" : *q + " - ") +
               catalog.options().site_title.in(request.language);
  feed.alternate = chosen.empty() ? "/dataset" : "/dataset?" + build_query(chosen);
  feed.search = std::move(query->search);
  feed.search.asked.clear();  // a reader that asks every hour is nobody who searches
  return feed;
}

core::Result<Feed> of_group(service::Catalog& catalog, core::GroupKind kind,
                            const Request& request) {
  const auto group = catalog.group(kind, *request.path_param("id"));
  if (!group) return tl::unexpected(group.error());
  const bool organization = kind == core::GroupKind::kOrganization;
  Feed feed;
  feed.title = group->title + " - " + catalog.options().site_title.in(request.language);
  feed.alternate = (organization ? "/organization/" : "/group/") + percent_encode(group->name);
  feed.search.filters.push_back(equal(organization ? "organization" : "groups", group->name));
  return feed;
}

core::Result<Feed> of_tag(service::Catalog& catalog, const Request& request) {
  const auto tag = catalog.tag(*request.path_param("id"), "");
  if (!tag) return tl::unexpected(tag.error());
  Feed feed;
  feed.title = tag->name + " - " + catalog.options().site_title.in(request.language);
  feed.alternate = "/dataset?tag=" + percent_encode(tag->name);
  feed.search.filters.push_back(equal("tags", tag->name));
  return feed;
}

bool is_ckan_filter(std::string_view name) {
  return std::find(kCkanFilters.begin(), kCkanFilters.end(), name) != kCkanFilters.end();
}

std::string license_id_of(const std::string& written) {
  const core::License* license = core::find_license(written);
  return license != nullptr ? license->id : written;
}

core::Result<Feed> of_query(service::Catalog& catalog, const Request& request) {
  const StoppedClock clock(catalog.now());
  const std::string* q = request.query_param("q");
  const std::string* fq = request.query_param("fq");
  Feed feed;
  feed.title = (q == nullptr || q->empty() ? "" : *q + " - ") +
               catalog.options().site_title.in(request.language);
  Params on_page;
  if (q != nullptr) {
    auto query = formats::parse_ckan_q(*q, clock);
    if (!query) return tl::unexpected(query.error());
    if (query->kind != SearchExpr::Kind::kAll) feed.search.query = std::move(*query);
    on_page.emplace_back("q", *q);
  }
  for (const auto& [name, value] : request.query_params) {
    if (value.empty() || !is_ckan_filter(name)) continue;
    feed.search.filters.push_back(equal(name, name == "license_id" ? license_id_of(value) : value));
    on_page.emplace_back(name, value);
  }
  feed.alternate = "/dataset" + (on_page.empty() ? "" : "?" + build_query(on_page));
  if (fq != nullptr) {
    auto filter = formats::parse_ckan_fq(*fq, clock);
    if (!filter) return tl::unexpected(filter.error());
    if (filter->kind != SearchExpr::Kind::kAll) feed.search.filters.push_back(std::move(*filter));
  }
  return feed;
}

Params without_page(const Params& params) {
  Params rest;
  for (const auto& param : params) {
    if (param.first != "page") rest.push_back(param);
  }
  return rest;
}

core::Result<Response> write_feed(service::Catalog& catalog, const Request& request, Feed feed,
                                  std::int64_t page) {
  feed.search.sort = {{"metadata_modified", true}};
  feed.search.limit = formats::kAtomPageSize;
  feed.search.offset = (page - 1) * formats::kAtomPageSize;
  const auto found = catalog.search(feed.search, request.language);
  if (!found) return tl::unexpected(found.error());

  const auto& options = catalog.options();
  formats::AtomFeed atom;
  atom.site_url = options.site_url;
  atom.site_title = options.site_title.in(request.language);
  atom.path = api_v1::encoded_path(request.path);
  atom.query = canonical_query(without_page(request.query_params));
  atom.alternate = std::move(feed.alternate);
  atom.title = std::move(feed.title);
  atom.subtitle = options.site_description.in(request.language);
  atom.page = page;
  atom.count = found->count;
  atom.updated = catalog.now();
  atom.datasets = &found->datasets;

  Response response;
  response.headers.set("Content-Type", "application/atom+xml; charset=utf-8");
  response.body = formats::write_atom(atom);
  return response;
}

std::vector<api_v1::ParameterRule> rules_of(std::string_view operation) {
  std::vector<api_v1::ParameterRule> rules = {{"page"}};
  if (operation == "getCustomFeed") {
    rules.insert(rules.end(), {{"q"}, {"fq"}, {"sort"}});
    for (const std::string_view name : kCkanFilters) rules.push_back({name, true});
  }
  if (operation == "getDatasetFeed") {
    for (const std::string_view name : kSearchParameters) {
      rules.push_back({name, name != "q" && name != "modified_since"});
    }
  }
  return rules;
}

using Chooser = std::function<core::Result<Feed>(service::Catalog&, const Request&)>;

Route feed_route(service::Catalog& catalog, std::string pattern, std::string operation,
                 Chooser choose) {
  Route route;
  route.method = "GET";
  route.pattern = std::move(pattern);
  route.operation = std::move(operation);
  route.varies_by_language = true;
  route.execution = Execution::kPooled;
  route.handler = [&catalog, rules = rules_of(route.operation),
                   choose = std::move(choose)](const Request& request) -> core::Result<Response> {
    // Those are how CKAN's page was folded ("_tags_limit=0"), not what was searched for.
    Params asked = request.query_params;
    std::erase_if(asked, [](const auto& param) { return param.first.starts_with('_'); });
    api_v1::Parameters parameters(asked, rules);
    const std::int64_t page = parameters.number("page", 1, 1, kMaxPage);
    if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
    auto feed = choose(catalog, request);
    if (!feed) return tl::unexpected(feed.error());
    return write_feed(catalog, request, std::move(*feed), page);
  };
  return route;
}

}  // namespace

std::vector<Route> feed_routes(service::Catalog& catalog) {
  const auto of_kind = [](core::GroupKind kind) {
    return
        [kind](service::Catalog& c, const Request& request) { return of_group(c, kind, request); };
  };
  std::vector<Route> routes;
  routes.push_back(feed_route(catalog, "/feeds/dataset.atom", "getDatasetFeed", of_search));
  routes.push_back(feed_route(catalog, "/feeds/organization/{id}.atom", "getOrganizationFeed",
                              of_kind(core::GroupKind::kOrganization)));
  routes.push_back(feed_route(catalog, "/feeds/group/{id}.atom", "getGroupFeed",
                              of_kind(core::GroupKind::kGroup)));
  routes.push_back(feed_route(catalog, "/feeds/tag/{id}.atom", "getTagFeed", of_tag));
  routes.push_back(feed_route(catalog, "/feeds/custom.atom", "getCustomFeed", of_query));
  return routes;
}

}  // namespace minato::http
