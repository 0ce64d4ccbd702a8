#include "web/group_view.h"

#include <algorithm>

#include <string>
#include <utility>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/dataset_view.h"
#include "web/display.h"
#include "web/pages.h"
#include "web/search_page.h"

namespace minato::web {
namespace {

constexpr std::int64_t kPageSize = 20;

std::string base_path(core::GroupKind kind) {
  return kind == core::GroupKind::kOrganization ? "/organization" : "/group";
}

std::string group_path(const core::Group& group) {
  return base_path(group.kind) + "/" + http::percent_encode(group.name);
}

std::string kind_name(const core::Group& group, const Visit& visit) {
  if (visit.language == core::Language::kJa) return group.municipality_kind;
  const auto* kind = core::find_municipality_kind(group.municipality_kind);
  return kind != nullptr ? kind->english : group.municipality_kind;
}

core::SearchRequest datasets_of(const core::Group& group, std::int64_t page) {
  core::SearchExpr filter;
  filter.kind = core::SearchExpr::Kind::kEqual;
  filter.field = group.kind == core::GroupKind::kOrganization ? "organization" : "groups";
  filter.value = group.name;
  core::SearchRequest search;
  search.filters.push_back(std::move(filter));
  search.sort = {{"metadata_modified", true}};
  search.limit = kPageSize;
  search.offset = (page - 1) * kPageSize;
  return search;
}

}  // namespace

View group_links(const std::vector<core::Group>& groups, const service::Directory& directory,
                 const Visit& visit) {
  std::vector<const core::Group*> ordered;
  for (const core::Group& group : groups) ordered.push_back(&group);
  std::sort(ordered.begin(), ordered.end(),
            [](const core::Group* a, const core::Group* b) { return a->name < b->name; });
  View links = list();
  for (const core::Group* each : ordered) {
    const core::Group& group = *each;
    View item = object();
    put_text(item, "title", {group.title, group.title_en}, visit.language);
    put(item, "href", visit.link(group_path(group)));
    put(item, "count", display_count(directory.dataset_count(group.id)));
    put(item, "kind", kind_name(group, visit));
    links.push_back(item);
  }
  return links;
}

View group_view(const core::Group& group, const service::Directory& directory, const Visit& visit) {
  View view = object();
  const bool organization = group.kind == core::GroupKind::kOrganization;
  put_text(view, "title", {group.title, group.title_en}, visit.language);
  put(view, "title_kana", visit.language == core::Language::kJa ? group.title_kana : "");
  put(view, "description", group.description);
  put(view, "homepage", web_address(group.homepage));
  put(view, "kind", kind_name(group, visit));
  put(view, "county", group.county);
  put(view, "code", organization ? group.name : "");
  put(view, "list_href", organization ? group_path(group) + "/opendata_list.csv" : "");
  const core::Group* parent = directory.find(core::GroupKind::kOrganization, group.parent);
  put(view, "parent", parent != nullptr);
  if (parent != nullptr) {
    put_text(view, "parent_title", {parent->title, parent->title_en}, visit.language);
    put(view, "parent_href", visit.link(group_path(*parent)));
  }
  put(view, "search_href",
      visit.link("/dataset?" + std::string(organization ? "organization=" : "group=") +
                 http::percent_encode(group.name)));
  return view;
}

core::Result<Page> group_list_page(const Visit& visit, core::GroupKind kind) {
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const auto& groups = (*directory)->groups(kind);
  const bool organizations = kind == core::GroupKind::kOrganization;
  Page page;
  page.content = "groups";
  page.path = base_path(kind);
  page.title = visit.texts[organizations ? "organizations" : "groups"];
  put(page.view, "heading", page.title);
  put(page.view, "caption",
      visit.texts[organizations ? "organizations_caption" : "groups_caption"]);
  put(page.view, "with_kind", organizations);
  put(page.view, "none", groups.empty());
  put(page.view, "groups", group_links(groups, **directory, visit));
  if (organizations) page.alternates.push_back({"application/json", "/api/v1/organizations"});
  return page;
}

core::Result<Page> group_page(const Visit& visit, core::GroupKind kind) {
  const std::string& asked = *visit.request.path_param("id");
  const auto group = visit.catalog.group(kind, asked);
  if (!group) return tl::unexpected(group.error());
  if (group->id != asked && group->name != asked) {
    Page moved;
    moved.moved_to = group_path(*group);
    return moved;
  }
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  Paging paging{page_number(visit.request), kPageSize, 0, visit.link(group_path(*group)), {}};
  const auto found = visit.catalog.search(datasets_of(*group, paging.page), visit.language);
  if (!found) return tl::unexpected(found.error());
  paging.count = found->count;

  Page page;
  page.content = "group";
  page.path = group_path(*group);
  page.title = visit.language == core::Language::kEn && !group->title_en.empty() ? group->title_en
                                                                                 : group->title;
  page.view = group_view(*group, **directory, visit);
  put(page.view, "found", visit.texts.with("found", {{"count", display_count(found->count)}}));
  put(page.view, "none", found->count == 0);
  View results = list();
  for (const auto& dataset : found->datasets) {
    results.push_back(dataset_summary(*dataset, **directory, visit));
  }
  put(page.view, "results", results);
  put_paging(page.view, paging, visit.texts);
  page.alternates.push_back({"application/atom+xml", "/feeds" + page.path + ".atom"});
  if (kind == core::GroupKind::kOrganization) {
    page.alternates.push_back(
        {"application/json", "/api/v1/organizations/" + http::percent_encode(group->name)});
  }
  return page;
}

}  // namespace minato::web
