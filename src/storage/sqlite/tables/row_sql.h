// A question for rows as SQL.
#pragma once

#include <cstdint>
#include <vector>

#include "core/row_query.h"
#include "storage/sqlite/tables/filter_sql.h"

namespace minato::storage::sqlite::tables {

struct RowStatements {
  // To be run one after the other, each up to its end; together they are the answer. The last
  // parameter of each is the number of rows still wanted, negative: all.
  std::vector<SqlText> parts;
  // A row has the columns asked for, then these keys, then the row number (not with `distinct`).
  std::size_t key_count = 0;
};

// Errors: "cursor-mismatch", "table-without-coordinates", "query-too-wide" (kInvalidArgument).
core::Result<RowStatements> row_statements(const core::RowQuery& query, const RowSource& source);

}  // namespace minato::storage::sqlite::tables
