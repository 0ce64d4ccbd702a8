// What the page of a dataset is made of, read before anything is shown.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/harvest_status.h"
#include "core/table.h"
#include "service/dataset_tables.h"
#include "service/directory.h"
#include "web/frame/page.h"

namespace minato::web {

struct DatasetMaterial {
  core::Dataset dataset;
  std::shared_ptr<const service::Directory> directory;
  std::vector<service::ResourceTables> tables;
  // Of the first tables of the first resources, by table id.
  std::map<std::string, service::FoundTablePointer, std::less<>> schemas;
  std::optional<core::Provenance> provenance;
  std::vector<storage::Activity> activities;  // public ones, newest first
  std::vector<core::DatasetPointer> related;

  // nullptr: it has none.
  [[nodiscard]] const service::ResourceTables* tables_of(std::string_view resource_id) const;
  // Columns of the resource's first table, else those its publisher declared.
  [[nodiscard]] std::vector<core::Column> columns_of(const core::Resource& resource) const;
  // nullptr: the catalogue has none for it.
  [[nodiscard]] const core::Group* publisher() const;
};

// Fails as the services fail.
core::Result<DatasetMaterial> read_material(const Visit& visit, core::Dataset dataset);

// "/dataset/{name}", encoded, without the language.
std::string dataset_path(const core::Dataset& dataset);
std::string resource_path(const core::Dataset& dataset, const core::Resource& resource);
// "" when there is nothing to download: neither bytes here nor a web address.
std::string download_path(const core::Dataset& dataset, const core::Resource& resource);

}  // namespace minato::web
