// The resources of a dataset as the catalogue keeps them.
#pragma once

#include "core/dataset.h"
#include "core/error.h"
#include "service/publish/dataset_scope.h"

namespace minato::service {

// Ids, positions, formats, and what only the catalogue says: when a resource was made, when its
// file and its description changed. A wrong for an id that is no UUID, or another resource's.
core::Result<void> settle_resources(const DatasetScope& scope, const core::Dataset* before,
                                    DatasetEdit& edit);

// Resources of `before` that `after` has no more.
std::vector<std::string> removed_resources(const core::Dataset& before, const core::Dataset& after);

// Takes the tables of a resource out of the catalogue; the files of their rows are to be removed
// after the commit.
core::Result<void> drop_tables(storage::CatalogWriter& writer, const std::string& resource_id,
                               std::vector<storage::TableKey>& files);

}  // namespace minato::service
