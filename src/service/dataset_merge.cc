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

// RFC 6901: "~" and "/" of a key stand escaped in a pointer.
std::string token(const std::string& key) {
  if (key.find_first_of("~/") == std::string::npos) return key;
  std::string escaped;
  for (const char c : key) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return escaped;
}

// What is merged here stands at a pointer; it is owned when its own pointer is, or that of what
// holds it, or that of a part of it when `parts` says that it is one field with its parts.
class Fields {
 public:
  explicit Fields(const KeptFields& owned) : owned_(owned) {}

  KeptFields kept;

  [[nodiscard]] bool is_owned(const std::string& pointer, bool parts = false) const {
    return std::any_of(owned_.begin(), owned_.end(), [&](const std::string& owned) {
      return is_within(pointer, owned) || (parts && is_within(owned, pointer));
    });
  }

  // Merges the value at `pointer`, or leaves it as it is when it is owned.
  template <typename T>
  void merge(const std::string& pointer, const T& base, const T& theirs, T& current,
             bool parts = false) {
    const bool stays =
        is_owned(pointer, parts) ? !(current == theirs) : merge_value(base, theirs, current);
    if (stays) kept.push_back(pointer);
  }

 private:
  static bool is_within(const std::string& pointer, const std::string& outer) {
    return pointer == outer || (pointer.size() > outer.size() && pointer.starts_with(outer) &&
                                pointer[outer.size()] == '/');
  }

  const KeptFields& owned_;
};

const std::string& key_of_extra(const Extra& extra) { return extra.key; }
const std::string& key_of_tag(const Tag& tag) { return tag.name; }
const std::string& key_of_text(const std::string& text) { return text; }
const std::string& key_of_resource(const Resource& resource) { return resource.id; }

// An owned extra that only one side has stays as it is: there, or not there.
template <typename At>
void keep_owned_items(const std::vector<Extra>& current, std::vector<Extra>& base,
                      std::vector<Extra>& theirs, const At& at, Fields& fields) {
  const auto has = [](const std::vector<Extra>& list, const Extra& extra) {
    return find_by(list, key_of_extra, extra.key) != nullptr;
  };
  for (const Extra& extra : current) {
    // The source dropped it: then staff have it on their own.
    if (!has(theirs, extra) && fields.is_owned(at(extra.key))) {
      std::erase_if(base, [&](const Extra& item) { return item.key == extra.key; });
    }
  }
  std::erase_if(theirs, [&](const Extra& extra) {
    const bool stays_away = !has(current, extra) && fields.is_owned(at(extra.key));
    if (stays_away) fields.kept.push_back(at(extra.key));
    return stays_away;
  });
}

void merge_extras(const ListVersions<Extra>& source, std::vector<Extra>& current,
                  const std::string& pointer, Fields& fields) {
  if (fields.is_owned(pointer)) {
    if (current != source.theirs) fields.kept.push_back(pointer);
    return;
  }
  const auto at = [&](const std::string& key) { return pointer + "/" + token(key); };
  const auto merge_item = [&](const Extra& base, const Extra& theirs, Extra& item) {
    fields.merge(at(item.key), base.value, theirs.value, item.value);
  };
  std::vector<Extra> base = source.base;
  std::vector<Extra> theirs = source.theirs;
  keep_owned_items(current, base, theirs, at, fields);
  if (merge_list<Extra>({base, theirs}, current, key_of_extra, merge_item)) {
    fields.kept.push_back(pointer);
  }
  std::sort(current.begin(), current.end(),
            [](const Extra& a, const Extra& b) { return a.key < b.key; });
}

void merge_texts(const ListVersions<std::string>& source, std::vector<std::string>& current,
                 const char* pointer, Fields& fields) {
  if (fields.is_owned(pointer, true)) {
    if (current != source.theirs) fields.kept.emplace_back(pointer);
    return;
  }
  const auto nothing = [](const std::string&, const std::string&, std::string&) {};
  if (merge_list(source, current, key_of_text, nothing)) fields.kept.emplace_back(pointer);
}

// Tag ids differ between stores; tags are the same when their names and vocabularies are.
void merge_tags(const DatasetVersions& versions, Dataset& merged, Fields& fields) {
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
  if (fields.is_owned("/tags", true)) {
    if (merged.tags != theirs) fields.kept.emplace_back("/tags");
    return;
  }
  if (merge_list<Tag>({base, theirs}, merged.tags, key_of_tag, nothing)) {
    fields.kept.emplace_back("/tags");
  }
  std::sort(merged.tags.begin(), merged.tags.end(),
            [](const Tag& a, const Tag& b) { return a.name < b.name; });
}

void merge_resource(const Resource& base, const Resource& theirs, Resource& current,
                    Fields& fields) {
  const std::string pointer = "/resources/" + current.id;
  for (const auto& [name, member] : kResourceTexts) {
    fields.merge(pointer + "/" + name, base.*member, theirs.*member, current.*member);
  }
  merge_extras({base.extras, theirs.extras}, current.extras, pointer + "/extras", fields);
  const bool owned = fields.is_owned(pointer + "/url");
  if (!same_bytes(current, theirs) && (owned || !same_bytes(current, base))) {
    fields.kept.push_back(pointer + "/url");  // staff's own file, and so its columns
    return;
  }
  if (!same_bytes(current, theirs)) {
    Resource copy = theirs;
    bytes_of(current) = bytes_of(copy);
  }
  fields.merge(pointer + "/columns", base.columns, theirs.columns, current.columns);
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

void merge_resources(const DatasetVersions& versions, Dataset& merged, Fields& fields,
                     core::Timestamp now) {
  std::vector<Resource> base = as_stored(versions.base.resources, versions.current);
  const std::vector<Resource> theirs = as_stored(versions.theirs.resources, versions.current);
  // An owned one that the source drops is staff's from now on.
  std::erase_if(base, [&](const Resource& item) {
    return find_by(theirs, key_of_resource, item.id) == nullptr &&
           fields.is_owned("/resources/" + item.id);
  });
  if (fields.is_owned("/resources")) {
    if (merged.resources != theirs) fields.kept.emplace_back("/resources");
    return;
  }
  const auto merge_item = [&](const Resource& was, const Resource& is, Resource& item) {
    merge_resource(was, is, item, fields);
  };
  if (merge_list<Resource>({base, theirs}, merged.resources, key_of_resource, merge_item)) {
    fields.kept.emplace_back("/resources");
  }
  order_resources(versions, merged);
  for (Resource& resource : merged.resources) {
    const Resource* before = find_by(versions.current.resources, key_of_resource, resource.id);
    if (before == nullptr) resource.created = now;
    if (before == nullptr || !(*before == resource)) resource.metadata_modified = now;
  }
}

}  // namespace

DatasetMerge merge_dataset(const DatasetVersions& versions, core::Timestamp now) {
  const Dataset& base = versions.base;
  const Dataset& theirs = versions.theirs;
  const Dataset& current = versions.current;
  DatasetMerge merge{current, {}, false};
  Dataset& merged = merge.dataset;
  Fields fields(versions.owned);
  for (const auto& [name, member] : kDatasetTexts) {
    fields.merge(std::string("/") + name, base.*member, theirs.*member, merged.*member);
  }
  fields.merge("/temporal", base.temporal, theirs.temporal, merged.temporal, true);
  fields.merge("/contact", base.contact, theirs.contact, merged.contact, true);
  merge_texts({base.themes, theirs.themes}, merged.themes, "/themes", fields);
  merge_texts({base.spatial, theirs.spatial}, merged.spatial, "/spatial", fields);
  merge_texts({base.groups, theirs.groups}, merged.groups, "/groups", fields);
  merge_tags(versions, merged, fields);
  merge_extras({base.extras, theirs.extras}, merged.extras, "/extras", fields);
  merge_resources(versions, merged, fields, now);
  merge.kept = std::move(fields.kept);
  merge.changed = !(merged == current);
  if (merge.changed) merged.modified = now;
  return merge;
}

}  // namespace minato::service
