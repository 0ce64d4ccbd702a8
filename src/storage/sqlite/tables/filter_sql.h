// Filters and operands as SQL expressions.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/row_query.h"
#include "core/table.h"
#include "storage/sqlite/tables/coordinates.h"
#include "storage/sqlite/tables/sql_text.h"
#include "storage/sqlite/tables/word_matcher.h"

namespace minato::storage::sqlite::tables {

// "c3", "row_lower(c3)", "id". `prefix` names the columns.
std::string operand_sql(const core::Operand& operand, char prefix = 'c');

// What the rows' expressions can count on.
struct RowSource {
  const core::TableSchema& schema;
  PositionColumns positions;
  bool position_index = false;
  // Rows that may hold the words, a superset; nothing: unknown, or too many to help.
  std::function<std::optional<RowList>(const WordMatcher&)> candidates;
};

// Latitude and longitude of the row as two expressions: "c4, c5". Nothing: the table has none.
std::optional<std::string> position_sql(const PositionColumns& positions);

// A test of the rows of `source`. Errors: "table-without-coordinates" (kInvalidArgument).
core::Result<SqlText> filter_sql(const core::Filter& filter, const RowSource& source);

// A test of the rows of a result, whose columns are r1, r2, ...
core::Result<SqlText> result_filter_sql(const core::Filter& filter);

}  // namespace minato::storage::sqlite::tables
