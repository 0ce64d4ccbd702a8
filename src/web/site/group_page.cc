#include "web/site/group_page.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "http/handlers/api_v1/dataset_query.h"
#include "http/url.h"
#include "web/catalogue/paging.h"
#include "web/catalogue/result_item.h"
#include "web/catalogue/words_language.h"
#include "web/frame/ago.h"
#include "web/frame/display.h"
#include "web/site/group_view.h"
#include "web/site/harvest_view.h"

namespace minato::web {
namespace {

constexpr std::int64_t kPageSize = 20;
constexpr std::int64_t kFacetValues = 8;

struct SortOrder {
  const char* name;
  const char* text;
  core::SortKey key;
};

const std::array<SortOrder, 3>& sort_orders() {
  static const std::array<SortOrder, 3> kOrders = {
      {{"-modified", "sort_modified", {"metadata_modified", true}},
       {"title", "sort_title", {"title_string", false}},
       {"-created", "sort_created", {"metadata_created", true}}}};
  return kOrders;
}

const SortOrder& order_of(const Visit& visit) {
  const std::string* asked = visit.request.query_param("sort");
  for (const SortOrder& order : sort_orders()) {
    if (asked != nullptr && *asked == order.name) return order;
  }
  return sort_orders().front();
}

// What the list is narrowed to, as a parameter of the search page.
std::pair<std::string, std::string> search_filter(const core::Group& group) {
  return {group.kind == core::GroupKind::kOrganization ? "organization" : "group", group.name};
}

core::SearchRequest datasets_of(const core::Group& group, std::int64_t page,
                                const SortOrder& order) {
  core::SearchExpr filter;
  filter.kind = core::SearchExpr::Kind::kEqual;
  filter.field = group.kind == core::GroupKind::kOrganization ? "organization" : "groups";
  filter.value = group.name;
  core::SearchRequest search;
  search.filters.push_back(std::move(filter));
  search.sort = {order.key};
  search.limit = kPageSize;
  search.offset = (page - 1) * kPageSize;
  for (const auto& facet : http::api_v1::facet_names()) search.facets.emplace_back(facet.field);
  search.facet_limit = kFacetValues;
  return search;
}

// Themes and formats of its datasets, each a search.
View facet_lists(const core::Group& group, const core::SearchResult& found, const Visit& visit) {
  static constexpr std::array<std::pair<const char*, const char*>, 3> kShown = {
      {{"theme", "org_themes"}, {"format", "org_formats"}, {"license", "org_licenses"}}};
  const auto& names = http::api_v1::facet_names();
  View lists = list();
  for (const auto& [name, heading] : kShown) {
    const auto place = std::find_if(names.begin(), names.end(),
                                    [n = name](const auto& facet) { return facet.name == n; });
    if (place == names.end()) continue;
    const core::Facet& facet = found.facets[static_cast<std::size_t>(place - names.begin())];
    if (facet.values.empty()) continue;
    View values = list();
    for (const core::FacetValue& value : facet.values) {
      View item = object();
      put_words(item, "text", value.title.empty() ? value.value : value.title, visit.language);
      put(item, "count", display_count(value.count));
      put(item, "href",
          visit.link("/dataset?" + http::build_query({search_filter(group), {name, value.value}})));
      values.push_back(item);
    }
    View one = object();
    put(one, "id", std::string("facet-") + name);
    put(one, "heading", visit.texts[heading]);
    put(one, "values", values);
    lists.push_back(one);
  }
  return lists;
}

void put_sorts(View& view, const core::Group& group, const Visit& visit) {
  View sorts = list();
  const SortOrder& current = order_of(visit);
  for (const SortOrder& order : sort_orders()) {
    View item = object();
    const bool usual = order.name == sort_orders().front().name;
    put(item, "text", visit.texts[order.text]);
    put(item, "href",
        visit.link(group_path(group) + (usual ? "" : std::string("?sort=") + order.name)));
    put(item, "current", order.name == current.name);
    sorts.push_back(item);
  }
  put(view, "sorts", sorts);
}

void put_facts(View& view, const core::Group& group, const GroupFacts& facts,
               const core::SearchResult& found, const Visit& visit) {
  put(view, "datasets", display_count(found.count));
  put(view, "tables", display_count(facts.tables));
  put(view, "files", display_count(facts.files));
  put_ago(view, "updated", facts.newest, visit);
  const core::Contact& contact = facts.contact;
  put(view, "contact", contact != core::Contact{});
  put(view, "contact_name", contact.name);
  put(view, "contact_email", contact.email);
  put(view, "contact_phone", contact.phone);
  put(view, "contact_href", web_address(contact.url));
  put(view, "feed", "/feeds" + group_path(group) + ".atom");
  put(view, "api",
      group.kind == core::GroupKind::kOrganization
          ? "/api/v1/organizations/" + http::percent_encode(group.name)
          : "/api/3/action/group_show?id=" + http::percent_encode(group.name));
  put(view, "search_action", visit.link("/dataset"));
  put(view, "search_name", search_filter(group).first);
  put(view, "search_value", group.name);
}

// How its catalogue is collected; nothing when it is not, or when nobody can tell just now.
void put_harvest(View& view, const core::Group& group, const Visit& visit) {
  put(view, "harvest", false);
  if (group.kind != core::GroupKind::kOrganization) return;
  const auto sources = visit.sources.harvest.sources();
  if (!sources) return;
  const core::SourceStatus* shown = nullptr;
  for (const core::SourceStatus& status : *sources) {
    if (status.source.organization != group.name) continue;
    if (shown == nullptr || matters_more(status, *shown, visit.catalog.now())) shown = &status;
  }
  if (shown == nullptr) return;
  put(view, "harvest", true);
  put_health(view, *shown, visit);
  put(view, "harvest_href", visit.link(harvest_path(shown->source)));
  put(view, "harvest_kind", source_kind_words(shown->source.kind, visit.texts));
  put_ago(view, "confirmed", shown->last_confirmed, visit);
  put_moment(view, "next_run", next_run_of(shown->source), visit);
  put(view, "last_result",
      shown->last_job ? job_result_word(shown->last_job->job, visit.texts) : std::string());
  put(view, "last_changes",
      shown->last_job ? job_changes(shown->last_job->job, visit) : std::string());
}

void fill_datasets(Page& page, const core::Group& group, const core::SearchResult& found,
                   const service::Directory& directory, const Visit& visit) {
  const SortOrder& order = order_of(visit);
  const bool usual = order.name == sort_orders().front().name;
  Paging paging{
      page_number(visit.request), kPageSize, found.count, visit.link(group_path(group)), {}};
  if (!usual) paging.params.emplace_back("sort", order.name);
  put(page.view, "found", visit.texts.with("found", {{"count", display_count(found.count)}}));
  put(page.view, "none", found.count == 0);
  View results = list();
  for (const auto& dataset : found.datasets) {
    View item = dataset_summary(*dataset, directory, visit);
    // On its own page the publisher would be said again with each dataset.
    if (group.kind == core::GroupKind::kOrganization) put(item, "publisher", false);
    results.push_back(item);
  }
  put(page.view, "results", results);
  put_paging(page.view, paging, visit.texts);
  put_sorts(page.view, group, visit);
  if (paging.page > 1) paging.params.emplace_back("page", std::to_string(paging.page));
  page.index = paging.params.empty();
  page.query = paging.params.empty() ? "" : "?" + http::build_query(paging.params);
}

void put_place(Page& page, const core::Group& group, const Visit& visit) {
  const bool organization = group.kind == core::GroupKind::kOrganization;
  page.content = organization ? "organization" : "group";
  page.path = group_path(group);
  page.title = visit.language == core::Language::kEn && !group.title_en.empty() ? group.title_en
                                                                                : group.title;
  page.section = organization ? Section::kOrganizations : Section::kThemes;
  page.breadcrumbs = {{visit.texts[organization ? "organizations" : "groups"],
                       visit.link(organization ? "/organization" : "/group")}};
  page.styles = {"docs.css"};
  page.alternates.push_back({"application/atom+xml", "/feeds" + page.path + ".atom", page.title});
  if (organization) {
    page.alternates.push_back(
        {"application/json", "/api/v1/organizations/" + http::percent_encode(group.name)});
  }
}

core::Result<Page> page_of(const core::Group& group, GroupFactsCache& cache, const Visit& visit) {
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const auto found = visit.catalog.search(
      datasets_of(group, page_number(visit.request), order_of(visit)), visit.language);
  if (!found) return tl::unexpected(found.error());
  const auto facts = cache.facts(visit.catalog);
  if (!facts) return tl::unexpected(facts.error());
  Page page;
  page.view = group_view(group, **directory, visit);
  put_place(page, group, visit);
  put_facts(page.view, group, (*facts)->of(group.id), *found, visit);
  put_harvest(page.view, group, visit);
  put(page.view, "facets", facet_lists(group, *found, visit));
  fill_datasets(page, group, *found, **directory, visit);
  page.description = visit.texts.with(
      "org_page_description", {{"name", page.title}, {"datasets", display_count(found->count)}});
  return page;
}

}  // namespace

PageMaker group_page(core::GroupKind kind, std::shared_ptr<GroupFactsCache> cache) {
  return [kind, cache = std::move(cache)](const Visit& visit) -> core::Result<Page> {
    const std::string& asked = *visit.request.path_param("id");
    const auto group = visit.catalog.group(kind, asked);
    if (!group) return tl::unexpected(group.error());
    if (group->id != asked && group->name != asked) {
      Page moved;
      moved.moved_to = group_path(*group);
      return moved;
    }
    return page_of(*group, *cache, visit);
  };
}

}  // namespace minato::web
