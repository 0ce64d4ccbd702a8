// What an import starts from: the resource, and what is published of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "service/imports/uploads.h"
#include "storage/catalog_store.h"
#include "storage/push_store.h"

namespace minato::service {

struct ImportSubject {
  core::Dataset dataset;
  core::Resource resource;
  std::optional<core::Group> organization;
  std::vector<storage::TableVersion> tables;  // current ones
  std::optional<storage::TableRefusal> refusal;
  std::vector<std::string> primary_key;
};

// kNotFound "resource-not-found": it is gone, or its dataset is deleted.
core::Result<ImportSubject> load_subject(std::string_view resource_id,
                                         storage::CatalogReader& reader);
core::Result<ImportSubject> load_subject(std::string_view resource_id,
                                         storage::CatalogStore& catalog);
// Of a dataset (id or name) that gets a resource: without one. kNotFound "dataset-not-found".
core::Result<ImportSubject> load_place(std::string_view dataset, storage::CatalogStore& catalog);
// Of a job. A resource that is only made when the job is published comes as it would begin: without
// a file. kNotFound "resource-not-found", also when the dataset it is for is deleted.
core::Result<ImportSubject> load_subject(const storage::ImportJob& job,
                                         storage::CatalogReader& reader);
core::Result<ImportSubject> load_subject(const storage::ImportJob& job,
                                         storage::CatalogStore& catalog);

// The resource with the file in it, format and media type by its first bytes (`head`). A format
// that is more than what the name of the file before said stays while the bytes allow it: GTFS in a
// ZIP.
core::Resource with_file(core::Resource resource, const StoredFile& file, std::string_view head);

// Its tables (or the refusal to make some) are of this input, all of them.
bool is_published(const ImportSubject& subject, const std::string& input_hash);

// A table of it was published after the job was asked for, and not by it.
bool is_outdated(const ImportSubject& subject, const storage::ImportJob& job);

}  // namespace minato::service
