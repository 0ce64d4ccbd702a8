// What the readers of XLSX and XLS have in common: sparse rows, and what stands behind the cells.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "tabular/record_source.h"

namespace minato::tabular {

struct SheetCell {
  std::uint32_t column = 0;  // 0-based
  CellKind kind = CellKind::kUnknown;
  std::string_view text;  // not empty
};

struct SheetRow {
  std::int64_t number = 0;  // 1-based
  bool hidden = false;
  std::vector<SheetCell> cells;  // in any order; of equal columns the last one counts
};

// 1-based rows, 0-based columns, both ends included.
struct CellRange {
  std::int64_t first_row = 0;
  std::int64_t last_row = 0;
  std::uint32_t first_column = 0;
  std::uint32_t last_column = 0;
};

struct SheetLayout {
  std::int64_t last_row = 0;  // with a cell that is not empty
  std::uint32_t columns = 0;  // behind the last one with a cell that is not empty
  std::vector<CellRange> merged;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hidden_columns;  // first, last; 0-based
  std::int64_t hidden_rows = 0;  // with a cell that is not empty
  std::int64_t first_hidden_row = 0;
  std::int64_t formulas_without_value = 0;
  std::int64_t first_such_row = 0;
  std::int64_t misplaced_rows = 0;  // whose number is not above the one before
  std::int64_t first_misplaced_row = 0;
};

// Not thread-safe.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  [[nodiscard]] virtual const SheetLayout& layout() const = 0;
  // Rows with ascending numbers; those without a cell may be left out. Views live until the next
  // call of next() or rewind(). False at the end.
  virtual core::Result<bool> next(SheetRow& row) = 0;
  virtual core::Result<void> rewind() = 0;
};

}  // namespace minato::tabular
