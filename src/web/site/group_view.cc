#include "web/site/group_view.h"

#include <algorithm>
#include <utility>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

void put_parent(View& view, const core::Group& group, const service::Directory& directory,
                const Visit& visit) {
  const core::Group* parent = directory.find(core::GroupKind::kOrganization, group.parent);
  put(view, "parent", parent != nullptr);
  if (parent == nullptr) return;
  put_text(view, "parent_title", {parent->title, parent->title_en}, visit.language);
  put(view, "parent_href", visit.link(group_path(*parent)));
}

void put_children(View& view, const core::Group& group, const service::Directory& directory,
                  const Visit& visit) {
  std::vector<core::Group> children;
  for (const core::Group& each : directory.groups(group.kind)) {
    if (each.parent == group.id) children.push_back(each);
  }
  put(view, "has_children", !children.empty());
  put(view, "children", group_links(children, directory, visit));
}

}  // namespace

std::string group_path(const core::Group& group) {
  const bool organization = group.kind == core::GroupKind::kOrganization;
  return (organization ? "/organization/" : "/group/") + http::percent_encode(group.name);
}

std::string kind_name(const core::Group& group, const Visit& visit) {
  if (visit.language == core::Language::kJa) return group.municipality_kind;
  const auto* kind = core::find_municipality_kind(group.municipality_kind);
  return kind != nullptr ? kind->english : group.municipality_kind;
}

View group_links(const std::vector<core::Group>& groups, const service::Directory& directory,
                 const Visit& visit) {
  std::vector<const core::Group*> ordered;
  for (const core::Group& group : groups) ordered.push_back(&group);
  std::sort(ordered.begin(), ordered.end(),
            [](const core::Group* a, const core::Group* b) { return a->name < b->name; });
  View links = list();
  for (const core::Group* group : ordered) {
    View item = object();
    put_text(item, "title", {group->title, group->title_en}, visit.language);
    put(item, "href", visit.link(group_path(*group)));
    put(item, "count", display_count(directory.dataset_count(group->id)));
    put(item, "kind", kind_name(*group, visit));
    links.push_back(item);
  }
  return links;
}

View group_view(const core::Group& group, const service::Directory& directory, const Visit& visit) {
  View view = object();
  const bool organization = group.kind == core::GroupKind::kOrganization;
  const bool japanese = visit.language == core::Language::kJa;
  put_text(view, "title", {group.title, group.title_en}, visit.language);
  put(view, "kana", japanese ? group.title_kana : "");
  // On English pages the official name stands beside the translation.
  put(view, "japanese_title", japanese || group.title_en.empty() ? "" : group.title);
  put(view, "description", group.description);
  put(view, "description_lang", japanese ? "" : "ja");
  put(view, "homepage", web_address(group.homepage));
  put(view, "kind", kind_name(group, visit));
  put(view, "county", group.county);
  put(view, "code", organization ? group.name : "");
  put(view, "name", group.name);
  put(view, "list_href", organization ? group_path(group) + "/opendata_list.csv" : "");
  put_parent(view, group, directory, visit);
  put_children(view, group, directory, visit);
  return view;
}

}  // namespace minato::web
