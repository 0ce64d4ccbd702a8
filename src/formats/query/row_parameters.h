// Questions to a table as the query parameters of /api/v1/tables/{id}/rows, /aggregate, /facets and
// /export spell them (api/README: filters, shape, aggregate).
//
// Every parameter that is no reserved name is a condition on a column (short_filter.h); all
// conditions, `where`, `q` and `bbox` hold together. A column with a reserved name is reached by
// its alias (c3=...) or in `where`. Nothing is ignored: an unknown name fails with
// "unknown-parameter", a repeated or malformed one with "parameter-invalid". Names and values come
// percent-decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/row_query.h"
#include "core/table.h"

namespace minato::formats {

using QueryParameter = std::pair<std::string, std::string>;

struct TableQuestion {
  std::span<const QueryParameter> parameters;
  const core::TableSchema& schema;
  // Names the caller reads itself; skipped here.
  std::span<const std::string_view> read_elsewhere = {};
};

enum class CountMode { kNone, kAuto, kExact };
enum class RowShape { kObjects, kArrays };

struct TextOutput {
  bool bom = false;
  bool excel = false;
  bool cp932 = false;
};

struct RowsRequest {
  core::RowQuery query;
  std::vector<std::string> names;  // of the output columns, as many as query.columns
  CountMode count = CountMode::kAuto;
  RowShape shape = RowShape::kObjects;
  std::string cursor;  // opaque, unchecked; the caller turns it into query.after
  std::optional<std::int64_t> version;
  TextOutput text;
};

// kPage: limit 100 unless given, at most 10,000; offset at most 10,000, not with a cursor.
// kExport: all rows unless `limit` is given; no cursor, count.
enum class RowsDoor { kPage, kExport };

core::Result<RowsRequest> parse_rows_request(const TableQuestion& question,
                                             RowsDoor door = RowsDoor::kPage);

struct AggregateRequest {
  core::AggregateQuery query;  // sorted by the groups where `sort` leaves ties
  core::TableSchema result;    // names, types, units: groups, then measures
  std::optional<std::int64_t> version;
  RowShape shape = RowShape::kObjects;
  TextOutput text;
};

// group=市区町村,year(登録日) agg=count(*),avg(利用者数) as m having=m>10 sort=-m limit= offset=
// Measures: count(*), count(x), count(distinct x), sum, avg, min, max; none: count(*). A result
// column is named by `as`, else by its text.
core::Result<AggregateRequest> parse_aggregate_request(const TableQuestion& question);

struct FacetsRequest {
  core::Filter filter;
  std::vector<int> columns;
  std::int64_t limit = 20;  // values per column, at most 1,000
  std::optional<std::int64_t> version;
};

// facet=a,b limit=
core::Result<FacetsRequest> parse_facets_request(const TableQuestion& question);

}  // namespace minato::formats
