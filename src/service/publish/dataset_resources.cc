#include "service/publish/dataset_resources.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/file_formats.h"
#include "core/uuid.h"
#include "service/table_import.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Resource;
using core::Result;
using ResourcesById = std::unordered_map<std::string, const Resource*>;

ResourcesById by_id(const std::vector<Resource>& resources) {
  ResourcesById found;
  for (const Resource& resource : resources) found.emplace(resource.id, &resource);
  return found;
}

auto bytes_of(const Resource& resource) {
  return std::tie(resource.url, resource.url_type, resource.size, resource.hash, resource.blob);
}

void add_id_taken(core::ErrorDetails& wrongs, std::size_t index) {
  add_wrong(wrongs, item_pointer("/resources", index, "id"),
            {"この ID は別のリソースが使っています。", "Resource id already exists."},
            {"id を消すと、新しい ID が付きます。", "Leave the id out to get a new one."});
}

// Clients send back what they were shown: the URL of an uploaded file where its name was. Name and
// size change with the file only.
void restore_file(const Resource& before, Resource& resource) {
  const bool same_file =
      before.url_type == "upload" && resource.url_type == "upload" && before.blob == resource.blob;
  if (!same_file) return;
  resource.url = before.url;
  resource.size = before.size;
}

// A copy that was kept of the page a link led to before.
void forget_copy(const Resource& before, Resource& resource) {
  const bool is_other_link = before.url_type.empty() && resource.url_type.empty() &&
                             before.url != resource.url && before.blob == resource.blob;
  if (!is_other_link || before.blob.empty()) return;
  resource.blob.clear();
  if (resource.hash == before.hash) resource.hash.clear();
  if (resource.size == before.size) resource.size.reset();
}

void settle_known(const DatasetScope& scope, const Resource& before, Resource& resource) {
  resource.created = before.created;
  resource.state = before.state;
  resource.metadata_modified = before.metadata_modified;
  restore_file(before, resource);
  forget_copy(before, resource);
  if (!resource.blob.empty() && resource.url_type == "upload") resource.hash = resource.blob;
  if (bytes_of(before) != bytes_of(resource) && resource.last_modified == before.last_modified) {
    resource.last_modified = scope.now;
  }
  Resource moved = resource;
  moved.position = before.position;
  if (!(moved == before)) resource.metadata_modified = scope.now;
}

void settle_new(const DatasetScope& scope, Resource& resource) {
  const bool is_elsewhere = resource.url.find("://") != std::string::npos;
  // Another catalogue's upload is a link to it.
  if (resource.url_type == "upload" && resource.blob.empty() && is_elsewhere) {
    resource.url_type.clear();
  }
  if (resource.format.empty()) resource.format = core::format_of_url(resource.url);
  if (!resource.blob.empty()) {
    resource.hash = resource.blob;
    if (!resource.last_modified) resource.last_modified = scope.now;
  }
  const bool keeps_times = scope.caller.sysadmin && resource.created.us != 0;
  if (!keeps_times) resource.created = scope.now;
  resource.metadata_modified = scope.now;
  resource.state = core::State::kActive;
}

// Ok when a new resource may have the id that the client gave.
Result<void> check_new_id(const DatasetScope& scope, const std::string& id, std::size_t index,
                          core::ErrorDetails& wrongs) {
  if (!core::is_uuid(id)) {
    add_wrong(wrongs, item_pointer("/resources", index, "id"),
              {"リソースの ID は UUID です。", "Invalid id provided"},
              {"id を消すと、新しい ID が付きます。", "Leave the id out to get a new one."});
    return {};
  }
  auto holder = scope.reader().dataset_of_resource(id);
  if (!holder) return tl::unexpected(std::move(holder).error());
  if (*holder) add_id_taken(wrongs, index);
  return {};
}

}  // namespace

Result<void> settle_resources(const DatasetScope& scope, const Dataset* before, DatasetEdit& edit) {
  const ResourcesById known = before == nullptr ? ResourcesById() : by_id(before->resources);
  std::set<std::string> seen;
  std::vector<Resource>& resources = edit.dataset.resources;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    Resource& resource = resources[i];
    resource.dataset_id = edit.dataset.id;
    resource.position = static_cast<std::int64_t>(i);
    resource.format = core::normalise_format(resource.format);
    if (resource.id.empty()) {
      resource.id = core::random_uuid();
    } else if (!seen.insert(resource.id).second) {
      add_id_taken(edit.wrongs, i);
      continue;
    } else if (const auto found = known.find(resource.id); found != known.end()) {
      settle_known(scope, *found->second, resource);
      continue;
    } else if (auto free = check_new_id(scope, resource.id, i, edit.wrongs); !free) {
      return free;
    }
    settle_new(scope, resource);
  }
  return {};
}

std::vector<std::string> removed_resources(const Dataset& before, const Dataset& after) {
  const ResourcesById left = by_id(after.resources);
  std::vector<std::string> removed;
  for (const Resource& resource : before.resources) {
    if (!left.contains(resource.id)) removed.push_back(resource.id);
  }
  return removed;
}

Result<void> drop_tables(storage::CatalogWriter& writer, const std::string& resource_id,
                         std::vector<storage::TableKey>& files) {
  if (auto done = writer.remove_table_definition(resource_id); !done) return done;
  if (auto done = writer.publish_tables(resource_id, {}); !done) return done;
  // The parts of a file are numbered without gaps.
  for (std::int64_t part = 1;; ++part) {
    auto versions = writer.reader().table_versions(table_id_of(resource_id, part));
    if (!versions) return tl::unexpected(std::move(versions).error());
    if (versions->empty()) return {};
    for (const storage::TableVersion& version : *versions) {
      auto done = writer.forget_table_version(version.table_id, version.version);
      if (!done) return done;
      files.push_back({version.table_id, version.version});
    }
  }
}

}  // namespace minato::service
