// GET /api/v1/tables/{id}/rows: pages of rows, in JSON's envelope or as a file, and single rows.
#pragma once

#include "http/handlers/tables/row_format.h"
#include "http/handlers/tables/table_call.h"

namespace minato::http::tables {

core::Result<Response> list_rows(const TableSources& sources, const Request& request);
// The same page in another format; Link tells the next. REQUIRES: not kXlsx.
core::Result<Response> row_page_file(const TableSources& sources, const Request& request,
                                     RowFormat format);
core::Result<Response> show_row(const TableSources& sources, const Request& request);

// Rows that match, as `mode` asks; nullopt: not counted.
core::Result<std::optional<core::RowCount>> count_rows(storage::TableReader& reader,
                                                       const formats::RowsRequest& request,
                                                       formats::CountMode mode);

// Content-Disposition, Link to licence and schema, and ETag of a reply that is a file.
void describe_file(Response& response, const TableCall& call, RowFormat format);

}  // namespace minato::http::tables
