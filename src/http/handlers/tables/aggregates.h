// GET /api/v1/tables/{id}/aggregate and /facets.
#pragma once

#include "http/handlers/tables/table_call.h"

namespace minato::http::tables {

core::Result<Response> show_aggregate(const TableSources& sources, const Request& request);
core::Result<Response> aggregate_csv(const TableSources& sources, const Request& request);
core::Result<Response> show_facets(const TableSources& sources, const Request& request);

}  // namespace minato::http::tables
