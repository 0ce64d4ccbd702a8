#include "service/publish/dataset_activity.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "formats/ckan_json.h"
#include "formats/json.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::GroupKind;
using core::Result;
using core::State;

// Activities are kept for good, one for each change.
constexpr std::size_t kMaxPackageBytes = std::size_t{64} * 1024;

bool is_public(const Dataset& dataset) {
  return dataset.state == State::kActive && !dataset.is_private;
}

// Organization and groups of one dataset, as CKAN's dictionaries look them up.
class NamedGroups {
 public:
  explicit NamedGroups(storage::CatalogReader& reader) : reader_(reader) {}

  Result<void> load(GroupKind kind, const std::string& id) {
    if (id.empty()) return {};
    auto group = reader_.group(kind, id);
    if (!group) return tl::unexpected(std::move(group).error());
    if (*group) groups_.emplace(id, **std::move(group));
    return {};
  }
  [[nodiscard]] const core::Group* find(std::string_view id) const {
    const auto found = groups_.find(id);
    return found == groups_.end() ? nullptr : &found->second;
  }

 private:
  storage::CatalogReader& reader_;
  std::map<std::string, core::Group, std::less<>> groups_;
};

std::string small_package(const Dataset& dataset) {
  std::string out;
  formats::JsonWriter json(out);
  json.begin_object()
      .field("id", dataset.id)
      .field("name", dataset.name)
      .field("title", dataset.title)
      .field("type", "dataset")
      .field_or_null("owner_org", dataset.owner_org)
      .field("metadata_modified", core::to_ckan_time(dataset.modified));
  json.key("private").boolean(dataset.is_private);
  json.key("num_resources").integer(static_cast<std::int64_t>(dataset.resources.size()));
  json.end_object();
  return out;
}

Result<std::string> package_of(const DatasetScope& scope, const Dataset& dataset) {
  NamedGroups groups(scope.reader());
  if (auto known = groups.load(GroupKind::kOrganization, dataset.owner_org); !known) {
    return tl::unexpected(std::move(known).error());
  }
  for (const std::string& id : dataset.groups) {
    if (auto known = groups.load(GroupKind::kGroup, id); !known) {
      return tl::unexpected(std::move(known).error());
    }
  }
  formats::CkanContext context;
  context.organization = context.group = [&](std::string_view id) { return groups.find(id); };
  std::string out;
  formats::JsonWriter json(out);
  formats::write_ckan_dataset(json, dataset, context);
  return out.size() <= kMaxPackageBytes ? out : small_package(dataset);
}

std::string_view type_of(const DatasetPair& pair) {
  if (pair.before == nullptr) return "new package";
  if (pair.before->state != State::kDeleted && pair.after.state == State::kDeleted) {
    return "deleted package";
  }
  const bool is_published =
      pair.before->state == State::kDraft && pair.after.state == State::kActive;
  return is_published ? "new package" : "changed package";
}

}  // namespace

Result<storage::Activity> activity_of(const DatasetScope& scope, const DatasetPair& pair) {
  auto package = package_of(scope, pair.after);
  if (!package) return tl::unexpected(std::move(package).error());
  storage::Activity activity;
  activity.object_id = pair.after.id;
  activity.organization_id = pair.after.owner_org;
  activity.type = type_of(pair);
  formats::JsonWriter json(activity.data);
  json.begin_object().key("package").raw(*package).field("actor", scope.caller.user_name);
  json.end_object();
  // A removal is news to those who could see the dataset until now.
  activity.is_public = is_public(
      pair.after.state == State::kDeleted && pair.before != nullptr ? *pair.before : pair.after);
  return activity;
}

}  // namespace minato::service
