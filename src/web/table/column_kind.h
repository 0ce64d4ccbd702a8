// What the numbers of a column are to people, told from its name and statistics.
#pragma once

#include <cstdint>
#include <string>

#include "core/table.h"
#include "web/frame/texts.h"

namespace minato::web {

// Years, codes, serial numbers and coordinates are numbers too, but neither grouped ("2,024") nor
// added up. False for columns that are not numbers.
bool is_amount(const core::TableColumn& column, std::int64_t rows);

// Its whole numbers are years.
bool is_year(const core::TableColumn& column);

// No two rows have the same value, and none lacks one.
bool names_rows(const core::TableColumn& column, std::int64_t rows);

bool is_number_type(core::ColumnType type);
bool is_time_type(core::ColumnType type);  // dates, moments, times of day

// "文字", "整数", ...
const std::string& type_words(core::ColumnType type, const Texts& texts);

}  // namespace minato::web
