#include "service/rows/table_place.h"

#include <algorithm>
#include <string>
#include <utility>

#include "auth/permissions.h"
#include "service/not_found.h"
#include "service/rows/row_errors.h"

namespace minato::service {
namespace {

using core::Result;

// "{resource id}" or "{resource id}.{part}".
std::string_view without_part(std::string_view table_id) {
  const std::size_t dot = table_id.find_last_of('.');
  if (dot == std::string_view::npos || dot + 1 == table_id.size()) return table_id;
  const auto part = table_id.substr(dot + 1);
  const bool is_part =
      std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_part ? table_id.substr(0, dot) : table_id;
}

// The ids of dataset and resource.
Result<std::pair<std::string, std::string>> ids_of(storage::CatalogReader& reader,
                                                   std::string_view id) {
  std::string resource(without_part(id));
  auto dataset = reader.dataset_of_resource(resource);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (*dataset) return std::pair(**std::move(dataset), std::move(resource));
  auto named = reader.resource_of_alias(id);
  if (!named) return tl::unexpected(std::move(named).error());
  if (!*named) return resource_not_found();
  dataset = reader.dataset_of_resource(**named);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset) return resource_not_found();
  return std::pair(**std::move(dataset), **std::move(named));
}

Result<void> find_resource(storage::CatalogReader& reader, std::string_view id, TablePlace& place) {
  auto ids = ids_of(reader, id);
  if (!ids) return tl::unexpected(std::move(ids).error());
  auto dataset = reader.dataset(ids->first);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset || (*dataset)->state == core::State::kDeleted) return resource_not_found();
  place.dataset = **std::move(dataset);
  const auto found = std::find_if(
      place.dataset.resources.begin(), place.dataset.resources.end(), [&](const auto& resource) {
        return resource.id == ids->second && resource.state != core::State::kDeleted;
      });
  if (found == place.dataset.resources.end()) return resource_not_found();
  place.resource = *found;
  return {};
}

bool same(const std::optional<storage::TableDefinition>& a,
          const std::optional<storage::TableDefinition>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->primary_key == b->primary_key && a->aliases == b->aliases;
}

}  // namespace

std::optional<storage::TableKey> TablePlace::key() const {
  if (!current) return std::nullopt;
  return storage::TableKey{current->table_id, current->version};
}

bool TablePlace::is_as(const TablePlace& earlier) const {
  return key() == earlier.key() && same(definition, earlier.definition);
}

Result<TablePlace> find_place(storage::CatalogReader& reader, std::string_view id,
                              const core::Caller& caller, bool force) {
  TablePlace place;
  if (auto found = find_resource(reader, id, place); !found) {
    return tl::unexpected(std::move(found).error());
  }
  auto allowed = auth::require(auth::Action::kUpdateDataset, caller, place.dataset.owner_org);
  if (!allowed) return tl::unexpected(std::move(allowed).error());
  if (place.resource.url_type != "datastore" && !force) return read_only();
  auto definition = reader.table_definition(place.resource.id);
  if (!definition) return tl::unexpected(std::move(definition).error());
  place.definition = *std::move(definition);
  auto tables = reader.tables_of(place.resource.id);
  if (!tables) return tl::unexpected(std::move(tables).error());
  if (tables->size() > 1) return of_several();
  if (!tables->empty()) place.current = std::move(tables->front());
  return place;
}

}  // namespace minato::service
