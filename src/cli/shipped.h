// Loads the folder of shipped datasets at start and tells the operator what happened.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "service/table_import.h"

namespace minato::cli {

// publishers.csv first (it may be absent), then the dataset folders, then their tables. Faults of
// single rows, folders and tables are logged as warnings; fails when the folder itself or a store
// cannot be used. Returns the current tables.
core::Result<std::vector<storage::TableKey>> load_shipped(const std::string& folder, const service::ImportTarget& target,
                                core::Language language);

}  // namespace minato::cli
