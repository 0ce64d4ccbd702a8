#include "web/site/organizations_page.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/catalogue/words_language.h"
#include "web/frame/ago.h"
#include "web/frame/display.h"
#include "web/site/group_view.h"
#include "web/site/harvest_view.h"

namespace minato::web {
namespace {

constexpr std::size_t kMaxQueryBytes = 200;

using HarvestOf = std::map<std::string, core::SourceStatus, std::less<>>;  // by organization

struct OrganizationList {
  const service::Directory& directory;
  const AllGroupFacts& facts;
  const HarvestOf& harvest;
  const Visit& visit;
};

std::string param(const Visit& visit, std::string_view name) {
  const std::string* value = visit.request.query_param(name);
  return value == nullptr || value->size() > kMaxQueryBytes ? std::string() : *value;
}

std::string address(const Visit& visit, const http::Params& params) {
  http::Params given;
  for (const auto& one : params) {
    if (!one.second.empty()) given.push_back(one);
  }
  const std::string query = http::build_query(given);
  return visit.link("/organization") + (query.empty() ? "" : "?" + query);
}

// The heading in the list by codes under which it stands: towns and villages are one.
const char* family_text(const core::Group& group) {
  const std::string& kind = group.municipality_kind;
  if (kind == "都道府県") return "org_prefectures";
  if (kind == "政令指定都市") return "org_designated_cities";
  if (kind == "市") return "org_cities";
  if (kind == "町" || kind == "村") return "org_towns";
  return "org_others";
}

View organization_row(const core::Group& group, bool under_heading, const OrganizationList& all) {
  const GroupFacts& facts = all.facts.of(group.id);
  const std::int64_t count = all.directory.dataset_count(group.id);
  View row = object();
  put_text(row, "title", {group.title, group.title_en}, all.visit.language);
  put(row, "href", all.visit.link(group_path(group)));
  const std::string place = under_heading ? std::string() : kind_name(group, all.visit);
  put(row, "place", place);
  put_words(row, "county", group.county, all.visit.language);
  put(row, "datasets", display_count(count));
  put(row, "none", count == 0);
  put(row, "tables", display_count(facts.tables));
  put_ago(row, "updated", facts.newest, all.visit);
  const auto status = all.harvest.find(group.name);
  put(row, "harvest", status != all.harvest.end());
  if (status == all.harvest.end()) return row;
  put_health(row, status->second, all.visit);
  put(row, "harvest_href", all.visit.link(harvest_path(status->second.source)));
  return row;
}

std::int64_t newest_us(const core::Group* group, const OrganizationList& all) {
  const auto& newest = all.facts.of(group->id).newest;
  return newest ? newest->us : 0;
}

void sort_groups(std::vector<const core::Group*>& groups, const std::string& sort,
                 const OrganizationList& all) {
  std::sort(groups.begin(), groups.end(),
            [](const auto* a, const auto* b) { return a->name < b->name; });
  const bool japanese = all.visit.language == core::Language::kJa;
  const auto name_of = [japanese](const core::Group* group) -> const std::string& {
    if (!japanese && !group->title_en.empty()) return group->title_en;
    return japanese && !group->title_kana.empty() ? group->title_kana : group->title;
  };
  if (sort == "name") {
    std::stable_sort(groups.begin(), groups.end(),
                     [&](const auto* a, const auto* b) { return name_of(a) < name_of(b); });
  } else if (sort == "datasets") {
    std::stable_sort(groups.begin(), groups.end(), [&](const auto* a, const auto* b) {
      return all.directory.dataset_count(a->id) > all.directory.dataset_count(b->id);
    });
  } else if (sort == "updated") {
    std::stable_sort(groups.begin(), groups.end(), [&](const auto* a, const auto* b) {
      return newest_us(a, all) > newest_us(b, all);
    });
  }
}

// Sections of the table: by kind in the order of codes, else all in one.
View sections(const std::vector<const core::Group*>& groups, bool by_kind,
              const OrganizationList& all) {
  std::vector<std::pair<std::string, View>> parts;
  for (const core::Group* group : groups) {
    const char* const family = by_kind ? family_text(*group) : "";
    if (parts.empty() || parts.back().first != family) parts.emplace_back(family, list());
    parts.back().second.push_back(organization_row(*group, by_kind, all));
  }
  View out = list();
  for (auto& [family, rows] : parts) {
    View section = object();
    put(section, "heading", family.empty() ? std::string() : all.visit.texts[family]);
    put(section, "rows", rows);
    out.push_back(section);
  }
  return out;
}

void put_sorts(View& view, const std::string& sort, const http::Params& rest, const Visit& visit) {
  static constexpr std::array<std::pair<const char*, const char*>, 4> kSorts = {
      {{"", "org_sort_code"},
       {"name", "org_sort_name"},
       {"datasets", "org_sort_datasets"},
       {"updated", "org_sort_updated"}}};
  View sorts = list();
  for (const auto& [value, text] : kSorts) {
    View item = object();
    http::Params params = rest;
    params.emplace_back("sort", value);
    put(item, "text", visit.texts[text]);
    put(item, "href", address(visit, params));
    put(item, "current", sort == value);
    sorts.push_back(item);
  }
  put(view, "sorts", sorts);
}

void put_kinds(View& view, const std::string& chosen, const http::Params& rest,
               const OrganizationList& all) {
  std::map<std::string, std::int64_t> counts;
  for (const core::Group& group : all.directory.groups(core::GroupKind::kOrganization)) {
    ++counts[group.municipality_kind];
  }
  View kinds = list();
  const auto add = [&](const std::string& value, const std::string& text, std::int64_t count) {
    View item = object();
    http::Params params = rest;
    params.emplace_back("kind", value);
    put(item, "text", text);
    put(item, "count", display_count(count));
    put(item, "href", address(all.visit, params));
    put(item, "current", value == chosen);
    kinds.push_back(item);
  };
  const auto& everybody = all.directory.groups(core::GroupKind::kOrganization);
  add("", all.visit.texts["org_all_kinds"], static_cast<std::int64_t>(everybody.size()));
  bool any = false;
  for (const core::MunicipalityKind& kind : core::municipality_kinds()) {
    if (counts[kind.id] == 0) continue;
    any = true;
    add(kind.id, all.visit.language == core::Language::kJa ? kind.id : kind.english,
        counts[kind.id]);
  }
  put(view, "has_kinds", any);
  put(view, "kinds", kinds);
}

// Those that the words and the kind leave. Fails as the catalogue fails.
core::Result<std::vector<const core::Group*>> chosen_groups(const std::string& words,
                                                            const std::string& kind,
                                                            const OrganizationList& all) {
  std::set<std::string> matching;
  if (!words.empty()) {
    const auto found = all.visit.catalog.groups({core::GroupKind::kOrganization, words, {}});
    if (!found) return tl::unexpected(found.error());
    for (const core::Group& group : *found) matching.insert(group.id);
  }
  std::vector<const core::Group*> groups;
  for (const core::Group& group : all.directory.groups(core::GroupKind::kOrganization)) {
    if (!words.empty() && !matching.contains(group.id)) continue;
    if (!kind.empty() && group.municipality_kind != kind) continue;
    groups.push_back(&group);
  }
  return groups;
}

std::string summary(const OrganizationList& all) {
  std::int64_t publishing = 0;
  std::int64_t datasets = 0;
  const auto& groups = all.directory.groups(core::GroupKind::kOrganization);
  for (const core::Group& group : groups) {
    const std::int64_t count = all.directory.dataset_count(group.id);
    publishing += count > 0 ? 1 : 0;
    datasets += count;
  }
  return all.visit.texts.with(
      "org_summary", {{"organizations", display_count(static_cast<std::int64_t>(groups.size()))},
                      {"publishing", display_count(publishing)},
                      {"datasets", display_count(datasets)},
                      {"tables", display_count(all.facts.all().tables)}});
}

// The state of harvesting is an extra here: a page without it is better than none.
HarvestOf harvest_of_organizations(const Visit& visit) {
  HarvestOf by_organization;
  auto sources = visit.sources.harvest.sources();
  if (!sources) return by_organization;
  for (core::SourceStatus& status : *sources) {
    const std::string code = status.source.organization;
    const auto known = by_organization.find(code);
    if (known == by_organization.end()) {
      by_organization.emplace(code, std::move(status));
    } else if (matters_more(status, known->second, visit.catalog.now())) {
      known->second = std::move(status);
    }
  }
  return by_organization;
}

core::Result<void> fill_organizations(Page& page, const OrganizationList& all) {
  const Visit& visit = all.visit;
  const std::string words = param(visit, "q");
  const std::string kind = param(visit, "kind");
  std::string sort = param(visit, "sort");
  if (sort != "name" && sort != "datasets" && sort != "updated") sort.clear();
  auto groups = chosen_groups(words, kind, all);
  if (!groups) return tl::unexpected(groups.error());
  sort_groups(*groups, sort, all);
  put(page.view, "nobody", all.directory.groups(core::GroupKind::kOrganization).empty());
  put(page.view, "summary", summary(all));
  put(page.view, "action", visit.link("/organization"));
  put(page.view, "q", words);
  put(page.view, "kind", kind);
  put(page.view, "sort", sort);
  put_sorts(page.view, sort, {{"q", words}, {"kind", kind}}, visit);
  put_kinds(page.view, kind, {{"q", words}, {"sort", sort}}, all);
  put(page.view, "found",
      visit.texts.with("org_found",
                       {{"count", display_count(static_cast<std::int64_t>(groups->size()))}}));
  put(page.view, "none", groups->empty());
  put(page.view, "everybody", address(visit, {}));
  put(page.view, "sections", sections(*groups, sort.empty() && words.empty() && kind.empty(), all));
  page.index = words.empty() && kind.empty() && sort.empty();
  http::Params asked;
  for (const auto& one : http::Params{{"q", words}, {"kind", kind}, {"sort", sort}}) {
    if (!one.second.empty()) asked.push_back(one);
  }
  page.query = asked.empty() ? "" : "?" + http::build_query(asked);
  return {};
}

}  // namespace

PageMaker organizations_page(std::shared_ptr<GroupFactsCache> cache) {
  return [cache = std::move(cache)](const Visit& visit) -> core::Result<Page> {
    const auto directory = visit.catalog.directory();
    if (!directory) return tl::unexpected(directory.error());
    const auto facts = cache->facts(visit.catalog);
    if (!facts) return tl::unexpected(facts.error());
    const HarvestOf harvest = harvest_of_organizations(visit);
    Page page;
    page.content = "organizations";
    page.path = "/organization";
    page.title = visit.texts["organizations"];
    page.section = Section::kOrganizations;
    page.description = visit.texts["org_description"];
    page.styles = {"docs.css"};
    page.alternates.push_back({"application/json", "/api/v1/organizations"});
    const OrganizationList all{**directory, **facts, harvest, visit};
    if (const auto filled = fill_organizations(page, all); !filled) {
      return tl::unexpected(filled.error());
    }
    return page;
  };
}

PageMaker groups_page(std::shared_ptr<GroupFactsCache> cache) {
  return [cache = std::move(cache)](const Visit& visit) -> core::Result<Page> {
    const auto directory = visit.catalog.directory();
    if (!directory) return tl::unexpected(directory.error());
    const auto facts = cache->facts(visit.catalog);
    if (!facts) return tl::unexpected(facts.error());
    Page page;
    page.content = "groups";
    page.path = "/group";
    page.title = visit.texts["groups"];
    page.section = Section::kThemes;
    page.description = visit.texts["org_groups_description"];
    View groups = list();
    for (const core::Group& group : (*directory)->groups(core::GroupKind::kGroup)) {
      View item = object();
      put_text(item, "title", {group.title, group.title_en}, visit.language);
      put(item, "href", visit.link(group_path(group)));
      put(item, "description", group.description);
      put(item, "count",
          visit.texts.with("found",
                           {{"count", display_count((*directory)->dataset_count(group.id))}}));
      put_ago(item, "updated", (*facts)->of(group.id).newest, visit);
      groups.push_back(item);
    }
    put(page.view, "none", (*directory)->groups(core::GroupKind::kGroup).empty());
    put(page.view, "groups", groups);
    return page;
  };
}

}  // namespace minato::web
