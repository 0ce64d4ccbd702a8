// A table-valued function over row numbers that were found elsewhere:
// SELECT id FROM row_list(?1), ?1 a blob of 64-bit integers of this machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::tables {

using RowList = std::shared_ptr<const std::vector<std::int64_t>>;

// Throws SQLite::Exception.
void register_row_list(Connection& connection);

// REQUIRES: `rows` outlives the last step.
void bind_row_list(Statement& statement, int index, const std::vector<std::int64_t>& rows);

}  // namespace minato::storage::sqlite::tables
