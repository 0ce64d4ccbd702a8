// Records of raw cells: what the readers of delimited text and of workbooks have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/table.h"

namespace minato::tabular {

// What the container says about a cell. Delimited text knows nothing: kUnknown.
enum class CellKind : std::uint8_t {
  kUnknown,
  kText,      // a text cell of a workbook: "012" stays "012"
  kNumber,    // text is a JSON-like decimal number
  kBoolean,   // "true" or "false"
  kDate,      // ISO 8601, from the number format
  kDatetime,
  kTime,
  kError,     // "#N/A"
};

struct RawCell {
  std::string_view text;  // valid UTF-8 without NUL, quotes resolved, blanks kept
  CellKind kind = CellKind::kUnknown;
  bool quoted = false;
  bool filled = false;  // copied from the first cell of its merged range
};

struct RawRecord {
  std::int64_t number = 0;  // 1-based; every record counts, blank ones too
  std::int64_t line = 0;    // 1-based line of the file where it begins; row of the sheet
  std::vector<RawCell> cells;
  bool hidden = false;      // a hidden row of a sheet
};

// Not thread-safe. Views in a record live until the next call of next() or rewind().
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  // False at the end. Long runs of blank records cost little: after kMaxBlankRun records without a
  // character the source may skip to the next record that has one (numbers go on counting).
  virtual core::Result<bool> next(RawRecord& record) = 0;
  virtual core::Result<void> rewind() = 0;
  // Noticed below the cells: replaced bytes, lone CRs, unclosed quotes, merged cells, hidden rows.
  // Complete after the last record.
  [[nodiscard]] virtual std::vector<core::Finding> findings() const = 0;
};

}  // namespace minato::tabular
