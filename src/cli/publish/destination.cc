#include "cli/publish/destination.h"

#include <embedded/shipped_files.h>
#include <algorithm>
#include <chrono>
#include <utility>

#include "core/uuid.h"
#include "service/accounts/known_publishers.h"
#include "service/not_found.h"

namespace minato::cli {

namespace {

using core::Dataset;
using core::Resource;
using core::Result;

constexpr std::chrono::seconds kReadTimeout{30};

Result<std::optional<Dataset>> find_dataset(PublishCommand& command) {
  if (command.arguments.dataset.empty()) return std::nullopt;
  auto reader = command.storage.catalog->read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  return (*reader)->dataset(command.arguments.dataset);
}

Result<Resource> new_resource(const PublishCommand& command, const service::StoredFile& file) {
  Resource resource;
  resource.id = core::random_uuid();
  resource.name = file.file_name;
  return service::resource_with_file(std::move(resource), file, *command.storage.blobs);
}

// The organization of a code that nobody has used yet is made from the list of publishers.
Result<std::string> owner_of(PublishCommand& command) {
  const std::string& code = command.arguments.organization;
  if (code.empty()) {
    return core::fail(
        core::ErrorCode::kInvalidArgument, "publish-organization-missing",
        {"--organization で団体コードを指定してください。", "--organization CODE is required."},
        {"既存のデータセットに入れるには --dataset を指定します。",
         "Name an existing dataset with --dataset to replace its file."});
  }
  if (!command.arguments.user.empty()) return code;
  auto group = service::known_organization(
      command.services.store, shipped_files::file("publishers.csv"), code, command.context);
  if (!group) return tl::unexpected(std::move(group).error());
  return std::move(group->id);
}

Result<Destination> make_dataset(PublishCommand& command, const service::StoredFile& file) {
  const PublishArguments& given = command.arguments;
  auto owner = owner_of(command);
  if (!owner) return tl::unexpected(std::move(owner).error());
  service::DatasetEdit wanted;
  wanted.dataset.name = given.dataset;
  wanted.dataset.title = given.title;
  wanted.dataset.notes = given.notes;
  wanted.dataset.license_id = given.license;
  wanted.dataset.owner_org = *std::move(owner);
  wanted.dataset.state = given.draft ? core::State::kDraft : core::State::kActive;
  if (!given.review) {
    auto resource = new_resource(command, file);
    if (!resource) return tl::unexpected(std::move(resource).error());
    wanted.dataset.resources.push_back(*std::move(resource));
  }
  auto written =
      command.services.datasets.create(std::move(wanted), given.dataset.empty(), command.context);
  if (!written) return tl::unexpected(std::move(written).error());
  const Dataset& dataset = written->dataset;
  return Destination{dataset.name, dataset.title,
                     given.review ? std::string() : dataset.resources.front().id};
}

// The one that is named, else the one whose file has the same name.
const Resource* find_resource(const Dataset& dataset, const std::string& named,
                              const std::string& file_name) {
  const auto& all = dataset.resources;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Resource& resource) {
    if (resource.state == core::State::kDeleted) return false;
    if (!named.empty()) return resource.id == named || resource.name == named;
    return resource.url_type == "upload" && resource.url == file_name;
  });
  return found == all.end() ? nullptr : &*found;
}

Result<Destination> add_resource(PublishCommand& command, const Dataset& dataset,
                                 const service::StoredFile& file) {
  auto resource = new_resource(command, file);
  if (!resource) return tl::unexpected(std::move(resource).error());
  auto written = command.services.datasets.change(
      dataset.id,
      [&](service::DatasetEdit& edit) -> Result<void> {
        edit.dataset.resources.push_back(*resource);
        return {};
      },
      command.context);
  if (!written) return tl::unexpected(std::move(written).error());
  return Destination{written->dataset.name, written->dataset.title, resource->id};
}

// --resource alone is enough.
Result<Destination> by_resource(PublishCommand& command) {
  auto reader = command.storage.catalog->read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto id = (*reader)->dataset_of_resource(command.arguments.resource);
  if (!id) return tl::unexpected(std::move(id).error());
  if (!*id) return service::resource_not_found();
  auto dataset = (*reader)->dataset(**id);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset) return service::resource_not_found();
  return Destination{(*dataset)->name, (*dataset)->title, command.arguments.resource};
}

}  // namespace

Result<Destination> destination_of(PublishCommand& command, const service::StoredFile& file) {
  const PublishArguments& given = command.arguments;
  if (given.dataset.empty() && !given.resource.empty()) return by_resource(command);
  auto dataset = find_dataset(command);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset) {
    if (!given.resource.empty()) return service::dataset_not_found();
    return make_dataset(command, file);
  }
  const Resource* resource = find_resource(**dataset, given.resource, file.file_name);
  if (resource != nullptr) {
    return Destination{(*dataset)->name, (*dataset)->title, resource->id};
  }
  if (!given.resource.empty()) return service::resource_not_found();
  if (given.review) return Destination{(*dataset)->name, (*dataset)->title, {}};
  return add_resource(command, **dataset, file);
}

}  // namespace minato::cli
