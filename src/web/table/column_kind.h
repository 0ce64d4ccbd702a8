// What the numbers of a column are to people, told from its name and statistics.
#pragma once

#include <cstdint>
#include <string>

#include "core/table.h"
#include "web/frame/texts.h"

namespace minato::web {

// Years, months, codes, serial numbers, coordinates and flags (0 and 1) are numbers too, but
// neither grouped ("2,024") nor added up. False for columns that are not numbers.
bool is_amount(const core::TableColumn& column, std::int64_t rows);

// Its whole numbers are years.
bool is_year(const core::TableColumn& column);

// Texts that say what a row is about: no codes, telephone numbers, addresses, remarks, readings.
bool is_label(const core::TableColumn& column);

// Codes of classes and remarks: to be counted where nothing better is there. Not what stands for
// one thing, such as telephone numbers, addresses of pages and ids.
bool is_class(const core::TableColumn& column);

// Its texts have an order that is neither that of the alphabet nor of an amount, and the file most
// likely keeps it: 平成30年 令和元年, 10代 20代, 月 火 水.
bool is_in_order(const core::TableColumn& column);

// No two rows have the same value, and none lacks one.
bool names_rows(const core::TableColumn& column, std::int64_t rows);

bool is_number_type(core::ColumnType type);
bool is_time_type(core::ColumnType type);  // dates, moments, times of day

// "文字", "整数", ...
const std::string& type_words(core::ColumnType type, const Texts& texts);

}  // namespace minato::web
