// Literals of questions as values of a column's type.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/row_query.h"
#include "core/table.h"

namespace minato::formats {

// The type of what an operand yields: year() and month() are integers, lower() a string, the row
// number an integer. REQUIRES: a column of the schema, or Operand::kRowId.
core::ColumnType operand_type(const core::Operand& operand, const core::TableSchema& schema);

// A date or time, or a string: kept as text.
bool is_text_type(core::ColumnType type);

// The text as a value of the type, as it is compared with the stored ones; nullopt when it is none.
//   integer   "12", "1e3"; "1.5" stays a double: it is a sound bound of whole numbers
//   number    finite
//   boolean   true, false, 1, 0; any case
//   date      "2024-04-01"
//   datetime  "2024-04-01", "2024-04-01 09:30[:00[.5]]", with T and a zone as well; a bare date is
//             its first moment
//   time      "9:30", "09:30:00"
std::optional<core::Value> value_of_text(std::string_view text, core::ColumnType type);

}  // namespace minato::formats
