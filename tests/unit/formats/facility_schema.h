// A table's schema with a column of each type, and filters as short texts.
#pragma once

#include <string>

#include "core/row_query.h"
#include "core/table.h"

namespace minato::formats {

core::TableSchema facility_schema();

// "and(区分=s:図書館, not(利用者数>=i:1000))"; the row's number is "#".
std::string filter_text(const core::Filter& filter, const core::TableSchema& schema);
std::string value_text(const core::Value& value);

}  // namespace minato::formats
