#include "service/imports/import_subject.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/file_formats.h"
#include "service/imports/media_type.h"
#include "service/not_found.h"

namespace minato::service {

namespace {

using core::Result;
using storage::ImportJob;

constexpr std::chrono::seconds kReadTimeout{30};

Result<void> load_tables(ImportSubject& subject, storage::CatalogReader& reader) {
  auto tables = reader.tables_of(subject.resource.id);
  if (!tables) return tl::unexpected(std::move(tables).error());
  auto refusal = reader.table_refusal(subject.resource.id);
  if (!refusal) return tl::unexpected(std::move(refusal).error());
  auto definition = reader.table_definition(subject.resource.id);
  if (!definition) return tl::unexpected(std::move(definition).error());
  subject.tables = *std::move(tables);
  subject.refusal = *std::move(refusal);
  if (*definition) subject.primary_key = std::move((*definition)->primary_key);
  return {};
}

Result<ImportSubject> load_dataset(std::string_view id, storage::CatalogReader& reader) {
  auto dataset = reader.dataset(id);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset || (*dataset)->state == core::State::kDeleted) return resource_not_found();
  ImportSubject subject;
  subject.dataset = **std::move(dataset);
  if (subject.dataset.owner_org.empty()) return subject;
  auto owner = reader.group(core::GroupKind::kOrganization, subject.dataset.owner_org);
  if (!owner) return tl::unexpected(std::move(owner).error());
  subject.organization = *std::move(owner);
  return subject;
}

core::Resource resource_to_make(const ImportJob& job) {
  core::Resource resource;
  resource.id = job.resource_id;
  resource.dataset_id = job.dataset_id;
  resource.name = job.new_resource;
  return resource;
}

}  // namespace

Result<ImportSubject> load_subject(std::string_view resource_id, storage::CatalogReader& reader) {
  auto id = reader.dataset_of_resource(resource_id);
  if (!id) return tl::unexpected(std::move(id).error());
  if (!*id) return resource_not_found();
  auto loaded = load_dataset(**id, reader);
  if (!loaded) return loaded;
  ImportSubject subject = *std::move(loaded);
  const auto& resources = subject.dataset.resources;
  const auto found = std::find_if(resources.begin(), resources.end(), [&](const auto& resource) {
    return resource.id == resource_id && resource.state != core::State::kDeleted;
  });
  if (found == resources.end()) return resource_not_found();
  subject.resource = *found;
  if (auto tables = load_tables(subject, reader); !tables) {
    return tl::unexpected(std::move(tables).error());
  }
  return subject;
}

Result<ImportSubject> load_place(std::string_view dataset, storage::CatalogStore& catalog) {
  auto reader = catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto place = load_dataset(dataset, **reader);
  const bool is_gone = !place && place.error().id == "resource-not-found";
  return is_gone ? dataset_not_found() : std::move(place);
}

Result<ImportSubject> load_subject(const ImportJob& job, storage::CatalogReader& reader) {
  if (job.new_resource.empty()) return load_subject(job.resource_id, reader);
  auto known = reader.dataset_of_resource(job.resource_id);
  if (!known) return tl::unexpected(std::move(known).error());
  if (*known) return load_subject(job.resource_id, reader);
  auto subject = load_dataset(job.dataset_id, reader);
  if (subject) subject->resource = resource_to_make(job);
  return subject;
}

Result<ImportSubject> load_subject(const ImportJob& job, storage::CatalogStore& catalog) {
  auto reader = catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  return load_subject(job, **reader);
}

Result<ImportSubject> load_subject(std::string_view resource_id, storage::CatalogStore& catalog) {
  auto reader = catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  return load_subject(resource_id, **reader);
}

core::Resource with_file(core::Resource resource, const StoredFile& file, std::string_view head) {
  const std::string named = core::format_of_url(file.file_name);
  const bool follows_name =
      resource.format.empty() || resource.format == core::format_of_url(resource.url);
  resource.format = format_of_file(head, follows_name && !named.empty() ? named : resource.format);
  resource.mimetype = media_type_of(head, file.file_name, file.media_type);
  resource.blob = file.blob;
  resource.hash = file.blob;
  resource.size = file.bytes;
  resource.url = file.file_name;
  resource.url_type = "upload";
  return resource;
}

bool is_published(const ImportSubject& subject, const std::string& input_hash) {
  if (subject.refusal) return subject.refusal->input_hash == input_hash;
  return !subject.tables.empty() &&
         std::all_of(subject.tables.begin(), subject.tables.end(),
                     [&](const auto& table) { return table.input_hash == input_hash; });
}

bool is_outdated(const ImportSubject& subject, const ImportJob& job) {
  return std::any_of(subject.tables.begin(), subject.tables.end(), [&](const auto& table) {
    return table.created > job.created && table.blob != job.blob;
  });
}

}  // namespace minato::service
