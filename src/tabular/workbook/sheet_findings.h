// What is worth telling about a sheet: docs/findings.md.
#pragma once

#include <string>
#include <vector>

#include "core/table.h"
#include "tabular/workbook/sheet_reader.h"
#include "tabular/workbook/workbook.h"

namespace minato::tabular {

std::vector<core::Finding> sheet_findings(const SheetLayout& layout);
std::vector<core::Finding> hidden_sheet_findings(const std::vector<SheetInfo>& sheets);
// The file itself is published too, with the programs in it.
core::Finding macros_finding();

// "A", "Z", "AA": of a 0-based column.
std::string column_letters(std::uint32_t column);

}  // namespace minato::tabular
