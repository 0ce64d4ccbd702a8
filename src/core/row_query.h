// Questions to one table. Parsers make them (formats/), stores answer them (storage/). Columns are
// places in the table's schema (0-based), already checked; literals already fit the column's type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/table.h"

namespace minato::core {

enum class ColumnFunction { kNone, kLower, kYear, kMonth };

// A column, or a function of it. kRowId: the row's number, from 1, in the order of the file.
struct Operand {
  static constexpr int kRowId = -1;
  int column = kRowId;
  ColumnFunction function = ColumnFunction::kNone;
  bool operator==(const Operand&) const = default;
};

enum class FilterOp {
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,  // values[0]
  kIn,
  kNotIn,    // values
  kBetween,  // values[0] to values[1], both included
  kLike,     // values[0]; % and _ as in SQL, \ escapes; ASCII case ignored
  kStartsWith,
  kEndsWith,  // values[0]; exact
  kContains,  // values[0]; exact substring
  kIsNull,
  kNotNull,
  kSearch,          // words of values[0], folded as in the catalogue's search, in
                    // this column; all must be found
  kSearchAny,       // the same over all columns together; operand unused
  kWithinDistance,  // values: latitude, longitude, metres; operand unused
  kInBbox,          // values: west, south, east, north; operand unused
};

// A tree. As in SQL a comparison with null is neither true nor false, so kNe and kNot leave rows
// without a value out.
struct Filter {
  enum class Kind { kAll, kAnd, kOr, kNot, kTest };
  Kind kind = Kind::kAll;
  std::vector<Filter> children;  // kAnd, kOr: any number (none: true, false); kNot: one
  FilterOp op = FilterOp::kEq;   // kTest
  Operand operand;
  std::vector<Value> values;
};

struct RowSort {
  Operand operand;
  bool descending = false;
  bool nulls_first = false;  // else last, in both directions
};

struct Near {
  double latitude = 0;
  double longitude = 0;
  std::optional<double> metres;  // rows farther away are left out
};

// Where a page ended: the values of its last row for the sort keys, and its number. Versions never
// change, so the number alone will do: without keys they are looked up.
struct RowPosition {
  std::vector<Value> keys;
  std::int64_t row = 0;
};

struct RowQuery {
  Filter filter;
  std::vector<RowSort> sort;  // ties, and no keys at all: by row number
  std::optional<Near> near;   // sorts by distance first
  std::vector<int>
      columns;            // to return, in this order, Operand::kRowId allowed; REQUIRES: not empty
  bool distinct = false;  // of the returned columns; then `after` is not allowed
  std::int64_t limit = 100;  // negative: all
  std::int64_t offset = 0;
  std::optional<RowPosition> after;
};

enum class Measure { kCount, kCountDistinct, kSum, kAvg, kMin, kMax };

struct MeasureExpr {
  Measure measure = Measure::kCount;
  std::optional<Operand> operand;  // kCount without one counts rows
  std::string name;                // of the result column
};

struct AggregateQuery {
  Filter filter;
  std::vector<Operand> groups;  // none: one row over everything
  std::vector<MeasureExpr> measures;
  // Over the result: columns are groups first, then measures.
  Filter having;
  std::vector<RowSort> sort;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
};

struct RowCount {
  std::int64_t value = 0;
  bool exact = true;  // false: at least `value`
};

}  // namespace minato::core
