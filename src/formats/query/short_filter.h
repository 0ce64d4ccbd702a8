// The short spelling of a condition: `column=value`, `column__op=value`.
//
//   (none)  equal; an empty value: the cell is empty (is null)
//   ne      not equal; an empty value: the cell is not empty
//   gt gte lt lte   compared as the column's type
//   in nin  one of (none of) values with commas between; "a,b" in double quotes is one value
//   between two values with a comma between, both included
//   like    % and _ as in SQL     sw ew contains   starts with, ends with, holds     search   words
//   null notnull    an empty value or "true"; "false" turns it round
//
// A name that is a column's as a whole, "__" and all, is that column.
#pragma once

#include <optional>
#include <string_view>

#include "core/error.h"
#include "core/row_query.h"
#include "core/table.h"

namespace minato::formats {

// nullopt: the name names no column. Fails with "unknown-parameter" (a column, but no such op),
// "filter-type" or "filter-too-large"; positions count in the value.
core::Result<std::optional<core::Filter>> parse_short_filter(std::string_view name,
                                                             std::string_view value,
                                                             const core::TableSchema& schema);

}  // namespace minato::formats
