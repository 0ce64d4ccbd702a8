// The filter language of the row API, `where=`:
//
//   区分='図書館' and (利用者数>=1000 or 備考 is null) and within_distance(35.44,139.64,500)
//
//   expr   := expr (and|or) expr | not expr | '(' expr ')' | test      "and" binds tighter than
//   "or" test   := operand (= != <> < <= > >=) value | operand [not] in '(' value, ... ')'
//           | operand [not] between value and value | operand [not] like 'pattern'
//           | operand is [not] null | search([operand,] 'words') | starts_with(operand, 'text')
//           | ends_with(operand, 'text') | contains(operand, 'text')
//           | within_distance(latitude, longitude, metres) | in_bbox(west, south, east, north)
//   operand:= column | lower(column) | year(column) | month(column)
//   value  := 'text' | number | true | false
//
// Columns are named by header text (in backticks when it has symbols, or is a keyword) or alias
// (c3); _row is the row's number. Keywords in any case. Dates are texts in ISO 8601. A value must
// fit its column: text columns take quoted texts only, number columns numbers only.
//
// Limits: 8 KB, 32 levels of parentheses and "not", 500 tests and connectives, 1,000 values in one
// list, 10 "%" in one pattern.
#pragma once

#include <string_view>

#include "core/error.h"
#include "core/row_query.h"
#include "core/table.h"

namespace minato::formats {

struct FilterSource {
  std::string_view param = "where";
  // For `having`: the schema is an aggregate's result, whose columns may be spelt "count(*)".
  bool calls_are_names = false;
};

// Blank text: kAll. Fails with kInvalidArgument "filter-syntax", "unknown-column", "filter-type",
// "filter-too-large" or "no-coordinates", each with one detail (query_fault.h).
core::Result<core::Filter> parse_where(std::string_view text, const core::TableSchema& schema,
                                       const FilterSource& source = {});

// Whether its rows have places.
bool has_coordinates(const core::TableSchema& schema);

// Both, or the one that says something.
core::Filter both(core::Filter left, core::Filter right);

}  // namespace minato::formats
