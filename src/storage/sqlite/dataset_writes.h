// Datasets as rows: writing. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Inserts or replaces the dataset with that id and returns its number. `change` is the revision
// that is being made. After an error its rows may be half written: the caller rolls back. Errors:
// "name-taken", "resource-id-taken" (kConflict), "organization-not-found", "group-not-found",
// "vocabulary-not-found" (kInvalidArgument).
core::Result<std::int64_t> save_dataset(Connection& connection, const core::Dataset& dataset,
                                        std::int64_t change);

// Deletes the dataset's rows and remembers that it is gone.
void delete_dataset(Connection& connection, std::int64_t dataset_no, std::int64_t change);

tl::unexpected<core::Error> name_taken(std::string_view name);

}  // namespace minato::storage::sqlite
