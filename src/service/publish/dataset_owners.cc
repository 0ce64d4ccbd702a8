#include "service/publish/dataset_owners.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "service/publish/dataset_scope.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Extra;
using core::Resource;

constexpr std::string_view kStaff = "staff";

class Pointers {
 public:
  template <typename T>
  void compare(const std::string& pointer, const T& before, const T& after) {
    if (!(before == after)) found_.insert(pointer);
  }
  void add(std::string pointer) { found_.insert(std::move(pointer)); }
  [[nodiscard]] std::vector<std::string> sorted() const { return {found_.begin(), found_.end()}; }

 private:
  std::set<std::string> found_;
};

void compare_extras(const std::string& pointer, const std::vector<Extra>& before,
                    const std::vector<Extra>& after, Pointers& pointers) {
  std::map<std::string, std::string> values;
  for (const Extra& extra : before) values[extra.key] = extra.value;
  std::set<std::string> left;
  for (const Extra& extra : after) {
    left.insert(extra.key);
    const auto known = values.find(extra.key);
    if (known == values.end() || known->second != extra.value) {
      pointers.add(pointer + "/" + pointer_token(extra.key));
    }
  }
  for (const Extra& extra : before) {
    if (!left.contains(extra.key)) pointers.add(pointer + "/" + pointer_token(extra.key));
  }
}

auto bytes_of(const Resource& resource) {
  return std::tie(resource.url, resource.url_type, resource.size, resource.hash, resource.blob);
}

void compare_resource(const Resource& before, const Resource& after, Pointers& pointers) {
  const std::string pointer = "/resources/" + after.id;
  pointers.compare(pointer + "/name", before.name, after.name);
  pointers.compare(pointer + "/description", before.description, after.description);
  pointers.compare(pointer + "/format", before.format, after.format);
  pointers.compare(pointer + "/mimetype", before.mimetype, after.mimetype);
  pointers.compare(pointer + "/mimetype_inner", before.mimetype_inner, after.mimetype_inner);
  pointers.compare(pointer + "/resource_type", before.resource_type, after.resource_type);
  pointers.compare(pointer + "/license_id", before.license_id, after.license_id);
  pointers.compare(pointer + "/url", bytes_of(before), bytes_of(after));
  pointers.compare(pointer + "/columns", before.columns, after.columns);
  compare_extras(pointer + "/extras", before.extras, after.extras, pointers);
}

void compare_resources(const Dataset& before, const Dataset& after, Pointers& pointers) {
  std::map<std::string, const Resource*> known;
  for (const Resource& resource : before.resources) known[resource.id] = &resource;
  std::size_t shared = 0;
  for (const Resource& resource : after.resources) {
    const auto was = known.find(resource.id);
    if (was == known.end()) continue;
    ++shared;
    compare_resource(*was->second, resource, pointers);
  }
  if (shared != before.resources.size() || shared != after.resources.size()) {
    pointers.add("/resources");
  }
}

void compare_texts(const Dataset& before, const Dataset& after, Pointers& pointers) {
  constexpr std::pair<const char*, std::string Dataset::*> kTexts[] = {
      {"/name", &Dataset::name},
      {"/title", &Dataset::title},
      {"/title_kana", &Dataset::title_kana},
      {"/title_en", &Dataset::title_en},
      {"/notes", &Dataset::notes},
      {"/notes_en", &Dataset::notes_en},
      {"/url", &Dataset::url},
      {"/version", &Dataset::version},
      {"/author", &Dataset::author},
      {"/author_email", &Dataset::author_email},
      {"/maintainer", &Dataset::maintainer},
      {"/maintainer_email", &Dataset::maintainer_email},
      {"/license_id", &Dataset::license_id},
      {"/owner_org", &Dataset::owner_org},
      {"/frequency", &Dataset::frequency},
      {"/language", &Dataset::language}};
  for (const auto& [pointer, member] : kTexts) {
    pointers.compare(pointer, before.*member, after.*member);
  }
}

}  // namespace

std::vector<std::string> changed_fields(const Dataset& before, const Dataset& after) {
  Pointers pointers;
  compare_texts(before, after, pointers);
  pointers.compare("/temporal", before.temporal, after.temporal);
  pointers.compare("/contact", before.contact, after.contact);
  pointers.compare("/themes", before.themes, after.themes);
  pointers.compare("/spatial", before.spatial, after.spatial);
  pointers.compare("/groups", before.groups, after.groups);
  pointers.compare("/tags", before.tags, after.tags);
  compare_extras("/extras", before.extras, after.extras, pointers);
  compare_resources(before, after, pointers);
  return pointers.sorted();
}

std::vector<storage::FieldOwner> claim_fields(std::vector<storage::FieldOwner> owners,
                                              const FieldChange& change) {
  for (const std::string& pointer : change.pointers) {
    const bool is_staffs = pointer == "/resources" || change.user_id.empty();
    std::string owner = is_staffs ? std::string(kStaff) : change.user_id;
    const auto known = std::find_if(owners.begin(), owners.end(),
                                    [&](const auto& field) { return field.pointer == pointer; });
    if (known == owners.end()) {
      owners.push_back({pointer, std::move(owner), change.time});
    } else if (known->owner != owner) {
      *known = {pointer, std::move(owner), change.time};
    }
  }
  std::sort(owners.begin(), owners.end(),
            [](const auto& a, const auto& b) { return a.pointer < b.pointer; });
  return owners;
}

}  // namespace minato::service
