// Datasets as rows: writing. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Whether the dataset can be saved. Errors: "name-taken", "resource-id-taken" (kConflict),
// "organization-not-found", "group-not-found", "vocabulary-not-found" (kInvalidArgument).
core::Result<void> check_dataset(Connection& connection, const core::Dataset& dataset);

// Inserts or replaces the dataset with that id and returns its number. `change` is the revision
// that is being made. REQUIRES: check_dataset() let it pass.
std::int64_t save_dataset(Connection& connection, const core::Dataset& dataset,
                          std::int64_t change);

// Deletes the dataset's rows and remembers that it is gone.
void delete_dataset(Connection& connection, std::int64_t dataset_no, std::int64_t change);

tl::unexpected<core::Error> name_taken(std::string_view name);
tl::unexpected<core::Error> vocabulary_not_found(const std::string& id);

}  // namespace minato::storage::sqlite
