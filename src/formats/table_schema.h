// Table Schema of the Frictionless standards: the declared columns of a CSV file.
#pragma once

#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"

namespace minato::formats {

// Reads "fields": name, title, type ("string" when absent), unit, description. Fails with the
// errors of parse_json(), or kInvalidArgument "table-schema" with one detail per bad field: missing
// or double names, unknown types, more than 2,000 columns.
core::Result<std::vector<core::Column>> parse_table_schema(std::string_view json);

}  // namespace minato::formats
