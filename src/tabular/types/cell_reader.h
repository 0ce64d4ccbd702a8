// Cells as values of their column's type.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/table.h"
#include "tabular/types/column_observer.h"

namespace minato::tabular {

// The value of a cell, null for empty ones and, but in columns of text, for missing-value marks.
// nullopt: it does not fit. `text` without outer blanks; `scratch` (kMaxIsoBytes) may hold the
// value's text. Never allocates.
std::optional<core::ValueView> read_cell(std::string_view text, const ColumnReading& column,
                                         std::span<char> scratch);

// The same into `value`, which is null when the cell does not fit: false.
bool read_cell(std::string_view text, const ColumnReading& column, std::span<char> scratch,
               core::ValueView& value);

// The id of the reason why read_cell() refused: "not_a_number", "impossible_date", ...
std::string_view reject_reason(core::ColumnType type, CellClass kind);

// The reject of a cell in the column `name`.
core::Reject make_reject(const SuspectCell& cell, core::ColumnType type, const std::string& name);

}  // namespace minato::tabular
