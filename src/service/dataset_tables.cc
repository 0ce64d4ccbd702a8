#include "service/dataset_tables.h"

#include <algorithm>
#include <utility>

namespace minato::service {
namespace {

core::Result<std::vector<storage::TableVersion>> versions_of(
    storage::CatalogReader& reader, const std::vector<storage::TableVersion>& current) {
  std::vector<storage::TableVersion> all;
  for (const storage::TableVersion& table : current) {
    auto versions = reader.table_versions(table.table_id);
    if (!versions) return versions;
    std::move(versions->begin(), versions->end(), std::back_inserter(all));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.created > b.created; });
  return all;
}

}  // namespace

core::Result<std::vector<ResourceTables>> tables_of_dataset(storage::CatalogStore& store,
                                                            const core::Dataset& dataset,
                                                            std::chrono::milliseconds timeout) {
  auto reader = store.read(std::chrono::steady_clock::now() + timeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  std::vector<ResourceTables> tables;
  for (const core::Resource& resource : dataset.resources) {
    if (resource.state != core::State::kActive) continue;
    auto current = (*reader)->tables_of(resource.id);
    if (!current) return tl::unexpected(std::move(current).error());
    if (current->empty()) continue;
    auto all = versions_of(**reader, *current);
    if (!all) return tl::unexpected(std::move(all).error());
    tables.push_back({resource.id, *std::move(current), *std::move(all)});
  }
  return tables;
}

}  // namespace minato::service
