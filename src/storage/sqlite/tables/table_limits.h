// What one table may have.
#pragma once

#include <cstddef>

namespace minato::storage::sqlite::tables {

// SQLite takes 2,000 columns, also in a result; a page adds the row number and its sort keys.
inline constexpr std::size_t kMaxColumns = 1'990;

}  // namespace minato::storage::sqlite::tables
