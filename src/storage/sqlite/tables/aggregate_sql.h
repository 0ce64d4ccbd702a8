// Groups and measures as SQL.
#pragma once

#include <vector>

#include "core/row_query.h"
#include "storage/sqlite/tables/filter_sql.h"

namespace minato::storage::sqlite::tables {

struct AggregateStatement {
  SqlText sql;
  std::vector<core::ColumnType> types;  // of the result's columns
};

core::Result<AggregateStatement> aggregate_statement(const core::AggregateQuery& query,
                                                     const RowSource& source);

}  // namespace minato::storage::sqlite::tables
