#include "service/dataset_merge.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "service/merge_rules.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Extra;
using core::Resource;
using core::Tag;

template <typename T>
using TextField = std::pair<const char*, std::string T::*>;

constexpr TextField<Dataset> kDatasetTexts[] = {
    {"name", &Dataset::name},
    {"title", &Dataset::title},
    {"title_kana", &Dataset::title_kana},
    {"title_en", &Dataset::title_en},
    {"notes", &Dataset::notes},
    {"notes_en", &Dataset::notes_en},
    {"url", &Dataset::url},
    {"version", &Dataset::version},
    {"author", &Dataset::author},
    {"author_email", &Dataset::author_email},
    {"maintainer", &Dataset::maintainer},
    {"maintainer_email", &Dataset::maintainer_email},
    {"license_id", &Dataset::license_id},
    {"owner_org", &Dataset::owner_org},
    {"frequency", &Dataset::frequency},
    {"language", &Dataset::language},
};

constexpr TextField<Resource> kResourceTexts[] = {
    {"name", &Resource::name},
    {"description", &Resource::description},
    {"format", &Resource::format},
    {"mimetype", &Resource::mimetype},
    {"mimetype_inner", &Resource::mimetype_inner},
    {"resource_type", &Resource::resource_type},
    {"license_id", &Resource::license_id},
};

auto bytes_of(Resource& resource) {
  return std::tie(resource.url, resource.url_type, resource.size, resource.hash, resource.blob,
                  resource.last_modified);
}

// When a file came into the catalogue says nothing about who put it there.
bool same_bytes(const Resource& a, const Resource& b) {
  return std::tie(a.url, a.url_type, a.size, a.hash, a.blob) ==
         std::tie(b.url, b.url_type, b.size, b.hash, b.blob);
}

const std::string& key_of_extra(const Extra& extra) { return extra.key; }
const std::string& key_of_tag(const Tag& tag) { return tag.name; }
const std::string& key_of_text(const std::string& text) { return text; }
const std::string& key_of_resource(const Resource& resource) { return resource.id; }

void merge_extras(const ListVersions<Extra>& source, std::vector<Extra>& current,
                  const std::string& pointer, KeptFields& kept) {
  const auto merge_item = [&](const Extra& base, const Extra& theirs, Extra& item) {
    if (merge_value(base.value, theirs.value, item.value)) kept.push_back(pointer + "/" + item.key);
  };
  if (merge_list(source, current, key_of_extra, merge_item)) kept.push_back(pointer);
  std::sort(current.begin(), current.end(),
            [](const Extra& a, const Extra& b) { return a.key < b.key; });
}

void merge_texts(const ListVersions<std::string>& source, std::vector<std::string>& current,
                 const char* pointer, KeptFields& kept) {
  const auto nothing = [](const std::string&, const std::string&, std::string&) {};
  if (merge_list(source, current, key_of_text, nothing)) kept.emplace_back(pointer);
}

// Tag ids differ between stores; tags are the same when their names and vocabularies are.
void merge_tags(const DatasetVersions& versions, Dataset& merged, KeptFields& kept) {
  const auto without_ids = [&](const std::vector<Tag>& tags) {
    std::vector<Tag> plain = tags;
    for (Tag& tag : plain) {
      const Tag* known = find_by(merged.tags, key_of_tag, tag.name);
      tag.id = known != nullptr ? known->id : tag.id;
    }
    return plain;
  };
  const std::vector<Tag> base = without_ids(versions.base.tags);
  const std::vector<Tag> theirs = without_ids(versions.theirs.tags);
  const auto nothing = [](const Tag&, const Tag&, Tag&) {};
  if (merge_list<Tag>({base, theirs}, merged.tags, key_of_tag, nothing)) kept.emplace_back("/tags");
  std::sort(merged.tags.begin(), merged.tags.end(),
            [](const Tag& a, const Tag& b) { return a.name < b.name; });
}

void merge_resource(const Resource& base, const Resource& theirs, Resource& current,
                    KeptFields& kept) {
  const std::string pointer = "/resources/" + current.id;
  for (const auto& [name, member] : kResourceTexts) {
    if (merge_value(base.*member, theirs.*member, current.*member)) {
      kept.push_back(pointer + "/" + name);
    }
  }
  merge_extras({base.extras, theirs.extras}, current.extras, pointer + "/extras", kept);
  if (!same_bytes(current, base) && !same_bytes(current, theirs)) {
    kept.push_back(pointer + "/url");  // staff's own file, and so its columns
    return;
  }
  if (!same_bytes(current, theirs)) {
    Resource copy = theirs;
    bytes_of(current) = bytes_of(copy);
  }
  if (merge_value(base.columns, theirs.columns, current.columns)) {
    kept.push_back(pointer + "/columns");
  }
}

// Ids of those resources that `others` has too.
std::vector<std::string> shared_ids(const std::vector<Resource>& resources,
                                    const std::vector<Resource>& others) {
  std::vector<std::string> ids;
  for (const Resource& resource : resources) {
    if (find_by(others, key_of_resource, resource.id) != nullptr) ids.push_back(resource.id);
  }
  return ids;
}

// Resources as the source orders them, staff's own behind; untouched when staff ordered them anew.
void order_resources(const DatasetVersions& versions, Dataset& merged) {
  const auto& was = versions.base.resources;
  const auto& is = versions.current.resources;
  if (shared_ids(is, was) == shared_ids(was, is)) {
    const auto place = [&](const Resource& resource) {
      const auto& order = versions.theirs.resources;
      return std::find_if(order.begin(), order.end(),
                          [&](const Resource& known) { return known.id == resource.id; }) -
             order.begin();
    };
    std::stable_sort(merged.resources.begin(), merged.resources.end(),
                     [&](const Resource& a, const Resource& b) { return place(a) < place(b); });
  }
  std::int64_t position = 0;
  for (Resource& resource : merged.resources) resource.position = position++;
}

// What the catalogue itself writes into a resource is no word of the source.
std::vector<Resource> as_stored(const std::vector<Resource>& resources, const Dataset& current) {
  std::vector<Resource> copies = resources;
  for (Resource& copy : copies) {
    copy.dataset_id = current.id;
    const Resource* stored = find_by(current.resources, key_of_resource, copy.id);
    if (stored == nullptr) continue;
    copy.position = stored->position;
    copy.created = stored->created;
    copy.metadata_modified = stored->metadata_modified;
    copy.last_modified = same_bytes(copy, *stored) ? stored->last_modified : copy.last_modified;
  }
  return copies;
}

void merge_resources(const DatasetVersions& versions, DatasetMerge& merge, core::Timestamp now) {
  const std::vector<Resource> base = as_stored(versions.base.resources, versions.current);
  const std::vector<Resource> theirs = as_stored(versions.theirs.resources, versions.current);
  const auto merge_item = [&](const Resource& was, const Resource& is, Resource& item) {
    merge_resource(was, is, item, merge.kept);
  };
  if (merge_list<Resource>({base, theirs}, merge.dataset.resources, key_of_resource, merge_item)) {
    merge.kept.emplace_back("/resources");
  }
  order_resources(versions, merge.dataset);
  for (Resource& resource : merge.dataset.resources) {
    const Resource* before = find_by(versions.current.resources, key_of_resource, resource.id);
    if (before == nullptr) resource.created = now;
    if (before == nullptr || !(*before == resource)) resource.metadata_modified = now;
  }
}

}  // namespace

DatasetMerge merge_dataset(const DatasetVersions& versions, core::Timestamp now) {
  const auto& [base, theirs, current] = versions;
  DatasetMerge merge{current, {}, false};
  Dataset& merged = merge.dataset;
  for (const auto& [name, member] : kDatasetTexts) {
    if (merge_value(base.*member, theirs.*member, merged.*member)) {
      merge.kept.push_back(std::string("/") + name);
    }
  }
  if (merge_value(base.temporal, theirs.temporal, merged.temporal)) {
    merge.kept.emplace_back("/temporal");
  }
  if (merge_value(base.contact, theirs.contact, merged.contact)) {
    merge.kept.emplace_back("/contact");
  }
  merge_texts({base.themes, theirs.themes}, merged.themes, "/themes", merge.kept);
  merge_texts({base.spatial, theirs.spatial}, merged.spatial, "/spatial", merge.kept);
  merge_texts({base.groups, theirs.groups}, merged.groups, "/groups", merge.kept);
  merge_tags(versions, merged, merge.kept);
  merge_extras({base.extras, theirs.extras}, merged.extras, "/extras", merge.kept);
  merge_resources(versions, merge, now);
  merge.changed = !(merged == current);
  if (merge.changed) merged.modified = now;
  return merge;
}

}  // namespace minato::service
