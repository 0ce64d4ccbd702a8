// GET /api/v1/tables/{id}/export.{format} and /datastore/dump: all matching rows as one file.
#pragma once

#include <memory>

#include "formats/rows/row_writer.h"
#include "http/handlers/tables/row_format.h"
#include "http/handlers/tables/table_call.h"

namespace minato::http::tables {

core::Result<Response> export_rows(const TableSources& sources, const Request& request,
                                   RowFormat format,
                                   formats::RowsDoor door = formats::RowsDoor::kExport);

// The rows of `query` as they are pulled: memory for one piece, whatever the size of the file.
core::Result<PooledSource> stream_rows(std::unique_ptr<storage::TableReader> reader,
                                       const core::RowQuery& query,
                                       std::unique_ptr<formats::RowWriter> writer);

}  // namespace minato::http::tables
