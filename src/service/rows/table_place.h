// Which table somebody wants to write to, and whether they may.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/dataset.h"
#include "core/error.h"
#include "storage/catalog_store.h"
#include "storage/table_store.h"

namespace minato::service {

struct TablePlace {
  core::Dataset dataset;
  core::Resource resource;
  std::optional<storage::TableDefinition> definition;
  std::optional<storage::TableVersion> current;

  [[nodiscard]] std::optional<storage::TableKey> key() const;
  // No version was published and nothing was defined in between.
  [[nodiscard]] bool is_as(const TablePlace& earlier) const;
};

// By id of the resource or table, or by alias. kNotFound "resource-not-found", auth::require()'s
// errors for kUpdateDataset, kConflict "table-of-several"; "table-read-only" for the table of a
// file, unless `force`.
core::Result<TablePlace> find_place(storage::CatalogReader& reader, std::string_view id,
                                    const core::Caller& caller, bool force);

}  // namespace minato::service
