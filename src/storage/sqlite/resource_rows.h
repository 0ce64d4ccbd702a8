// Resources as rows, with their columns and extras. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>

#include "core/dataset.h"
#include "core/error.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Fills `dataset.resources`.
void load_resources(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset);

// Writes `dataset.resources` in their order; REQUIRES: there are none of that dataset.
// kConflict ("resource-id-taken") when another resource has the id.
core::Result<void> insert_resources(Connection& connection, std::int64_t dataset_no,
                                    const core::Dataset& dataset);

}  // namespace minato::storage::sqlite
