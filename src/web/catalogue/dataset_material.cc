#include "web/catalogue/dataset_material.h"

#include <algorithm>
#include <utility>

#include "http/url.h"
#include "web/catalogue/related.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

// Each costs a look into its table's file; further ones show rows and columns only.
constexpr std::size_t kMaxSchemas = 12;
constexpr std::int64_t kMaxActivities = 10;

std::map<std::string, service::FoundTablePointer, std::less<>> schemas_of(
    const Visit& visit, const std::vector<service::ResourceTables>& tables) {
  std::map<std::string, service::FoundTablePointer, std::less<>> schemas;
  for (const service::ResourceTables& each : tables) {
    if (schemas.size() == kMaxSchemas) break;
    const std::string& id = each.current.front().table_id;
    auto found = visit.sources.tables.find(id, std::nullopt, visit.request.caller);
    // A damaged table is its own page's trouble: the dataset can be read without.
    if (found) schemas.emplace(id, *std::move(found));
  }
  return schemas;
}

core::Column column_of(const core::TableColumn& column) {
  return {column.name, column.title, std::string(core::column_type_name(column.type)), column.unit,
          column.description};
}

}  // namespace

const service::ResourceTables* DatasetMaterial::tables_of(std::string_view resource_id) const {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& each) {
    return each.resource_id == resource_id;
  });
  return found == tables.end() ? nullptr : &*found;
}

std::vector<core::Column> DatasetMaterial::columns_of(const core::Resource& resource) const {
  const service::ResourceTables* known = tables_of(resource.id);
  const auto found =
      known == nullptr ? schemas.end() : schemas.find(known->current.front().table_id);
  if (found == schemas.end()) return resource.columns;
  std::vector<core::Column> columns;
  for (const core::TableColumn& column : found->second->schema->columns) {
    columns.push_back(column_of(column));
  }
  return columns;
}

const core::Group* DatasetMaterial::publisher() const {
  return directory->find(core::GroupKind::kOrganization, dataset.owner_org);
}

core::Result<DatasetMaterial> read_material(const Visit& visit, core::Dataset dataset) {
  DatasetMaterial material;
  material.dataset = std::move(dataset);
  auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(std::move(directory).error());
  material.directory = *std::move(directory);
  auto tables = service::tables_of_dataset(visit.sources.store.store(), material.dataset,
                                           visit.catalog.options().read_timeout);
  if (!tables) return tl::unexpected(std::move(tables).error());
  material.tables = *std::move(tables);
  material.schemas = schemas_of(visit, material.tables);
  auto provenance = visit.catalog.provenance(material.dataset);
  if (!provenance) return tl::unexpected(std::move(provenance).error());
  material.provenance = *std::move(provenance);
  storage::ActivityRequest asked;
  asked.object_id = material.dataset.id;
  asked.limit = kMaxActivities;
  auto activities = visit.catalog.activities(asked, {});
  if (!activities) return tl::unexpected(std::move(activities).error());
  material.activities = *std::move(activities);
  auto related = related_datasets(visit.catalog, material.dataset);
  if (!related) return tl::unexpected(std::move(related).error());
  material.related = *std::move(related);
  return material;
}

std::string dataset_path(const core::Dataset& dataset) {
  return "/dataset/" + http::percent_encode(dataset.name);
}

std::string resource_path(const core::Dataset& dataset, const core::Resource& resource) {
  return dataset_path(dataset) + "/resource/" + http::percent_encode(resource.id);
}

std::string download_path(const core::Dataset& dataset, const core::Resource& resource) {
  const bool loadable = !resource.blob.empty() || resource.url_type == "datastore" ||
                        !web_address(resource.url).empty();
  return loadable ? resource_path(dataset, resource) + "/download" : "";
}

}  // namespace minato::web
