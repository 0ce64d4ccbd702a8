// Datasets as rows: reading one whole dataset from its tables. Every call may throw
// SQLite::Exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/dataset.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// The number of the dataset with this id, else of the live one with this name, else of the one
// deleted last with this name.
std::optional<std::int64_t> find_dataset(Connection& connection, std::string_view id_or_name);
std::optional<std::int64_t> find_dataset_by_id(Connection& connection, std::string_view id);

// Nothing when there is no dataset of that number.
std::optional<core::Dataset> load_dataset(Connection& connection, std::int64_t dataset_no);

}  // namespace minato::storage::sqlite
