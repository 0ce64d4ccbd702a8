#include "service/directory.h"

#include <algorithm>
#include <utility>

namespace minato::service {

core::Result<Directory> Directory::load(storage::CatalogReader& reader) {
  Directory directory;
  directory.revision_ = reader.revision();
  for (const auto kind : {core::GroupKind::kOrganization, core::GroupKind::kGroup}) {
    if (auto loaded = directory.load_kind(reader, kind); !loaded) {
      return tl::unexpected(std::move(loaded).error());
    }
  }
  // The search index counts in memory what the tables would have to be read for.
  core::SearchRequest request;
  request.limit = 0;
  request.facets = {"owner_org", "groups"};
  request.facet_limit = -1;
  const auto counted = reader.search(request);
  if (!counted) return tl::unexpected(counted.error());
  for (const core::FacetValue& value : counted->facets[0].values) {
    directory.counts_[value.value] = value.count;
  }
  for (const core::FacetValue& value : counted->facets[1].values) {
    const core::Group* group = directory.find(core::GroupKind::kGroup, value.value);
    if (group != nullptr) directory.counts_[group->id] = value.count;
  }
  auto vocabularies = reader.vocabularies();
  if (!vocabularies) return tl::unexpected(std::move(vocabularies).error());
  directory.vocabularies_ = std::move(*vocabularies);
  std::sort(directory.vocabularies_.begin(), directory.vocabularies_.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  auto tables = reader.resources_with_table();
  if (!tables) return tl::unexpected(std::move(tables).error());
  directory.tables_ = std::move(*tables);
  return directory;
}

core::Result<void> Directory::load_kind(storage::CatalogReader& reader, core::GroupKind kind) {
  auto list = reader.groups({kind, {}, {}});
  if (!list) return tl::unexpected(std::move(list).error());
  Kind& target = kind == core::GroupKind::kOrganization ? organizations_ : groups_;
  target.list = std::move(*list);
  std::erase_if(target.list,
                [](const core::Group& group) { return group.state != core::State::kActive; });
  for (std::size_t i = 0; i < target.list.size(); ++i) target.places[target.list[i].id] = i;
  for (std::size_t i = 0; i < target.list.size(); ++i) {
    target.places.emplace(target.list[i].name, i);
  }
  return {};
}

const Directory::Kind& Directory::of(core::GroupKind kind) const {
  return kind == core::GroupKind::kOrganization ? organizations_ : groups_;
}

const std::vector<core::Group>& Directory::groups(core::GroupKind kind) const {
  return of(kind).list;
}

const core::Group* Directory::find(core::GroupKind kind, std::string_view id_or_name) const {
  const Kind& all = of(kind);
  const auto place = all.places.find(id_or_name);
  return place == all.places.end() ? nullptr : &all.list[place->second];
}

std::int64_t Directory::dataset_count(std::string_view group_id) const {
  const auto count = counts_.find(group_id);
  return count == counts_.end() ? 0 : count->second;
}

const core::Vocabulary* Directory::vocabulary(std::string_view id_or_name) const {
  for (const auto& vocabulary : vocabularies_) {
    if (vocabulary.id == id_or_name || vocabulary.name == id_or_name) return &vocabulary;
  }
  return nullptr;
}

}  // namespace minato::service
