// Counts that need no rows.
#pragma once

#include <cstdint>
#include <optional>

#include "core/row_query.h"
#include "core/table.h"

namespace minato::storage::sqlite::tables {

// No filter, one column's nulls, or one value of a column whose values all are in its statistics.
std::optional<std::int64_t> known_count(const core::Filter& filter,
                                        const core::TableSchema& schema);

// One value of an indexed column: counting reads only the index.
bool counted_by_index(const core::Filter& filter, const core::TableSchema& schema);

}  // namespace minato::storage::sqlite::tables
