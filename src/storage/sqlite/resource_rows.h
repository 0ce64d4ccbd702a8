// Resources as rows, with their columns and extras. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>

#include "core/dataset.h"
#include "core/error.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Fills `dataset.resources`.
void load_resources(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset);

// kConflict ("resource-id-taken") when a resource of another dataset, or another one of this, has
// the id of one of `dataset.resources`.
core::Result<void> check_resource_ids(Connection& connection, const core::Dataset& dataset);

// Writes `dataset.resources` in their order. REQUIRES: there are none of that dataset, and
// check_resource_ids() let them pass.
void insert_resources(Connection& connection, std::int64_t dataset_no,
                      const core::Dataset& dataset);

}  // namespace minato::storage::sqlite
