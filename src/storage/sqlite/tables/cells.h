// Values to and from SQLite: booleans are 0 and 1, dates and times text.
#pragma once

#include <string>

#include "core/table.h"
#include "storage/sqlite/statement.h"

namespace minato::storage::sqlite::tables {

// As Statement::bind: text is not copied.
void bind_value(Statement& statement, int index, const core::ValueView& value);

// The current row's cell as SQLite has it: booleans come as integers. Text lives until the next
// step().
core::ValueView cell(const Statement& statement, int column);
// The same as a value of a column of this type.
core::ValueView cell(const Statement& statement, int column, core::ColumnType type);

// Null does not.
bool fits(const core::ValueView& value, core::ColumnType type);

// "c1" for the first.
std::string alias(std::size_t column);

}  // namespace minato::storage::sqlite::tables
