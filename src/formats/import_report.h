// What an import found, as JSON: kept with the job, shown by every door that shows jobs.
//
// { "tables": [ { "table_id", "part", "name", "version" (null: not published), "rows",
//                 "column_count", "columns": [{"name", "title", "type", "unit", "role", "nulls",
//                 "distinct", "distinct_exact", "min", "max", "examples": [up to 3 values]}]
//                 (the first 500), "bbox": [west, south, east, north], "container", "encoding",
//                 "finding_count", "findings": [{"id", "row", "column", "message", "hint"}],
//                 "reject_count", "rejects": [{"line", "row", "column", "text", "reason",
//                 "message", "hint"}] (the first 100 of both),
//                 "difference": {"old_version", "rows_before", "rows_after", "rows_added",
//                 "rows_removed", "rows_changed", "compared_by", "columns_added",
//                 "columns_removed", "columns_renamed": [{"from", "to"}]} } ] (the first 100),
//   "table_count", "refusal": {"id", "message", "hint"}, "brakes": [{"id", "table_id", "message"}]
// }
// Messages and hints are {"ja", "en"}. Keys are always there; what is not given is null.
#pragma once

#include <string>

#include "core/import_report.h"

namespace minato::formats {

std::string write_import_report(const core::ImportReport& report);

}  // namespace minato::formats
