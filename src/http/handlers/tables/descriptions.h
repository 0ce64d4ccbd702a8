// GET /api/v1/tables/{id}, its versions, their files, and its own OpenAPI document.
#pragma once

#include "http/handlers/tables/table_call.h"

namespace minato::http::tables {

core::Result<Response> show_table(const TableSources& sources, const Request& request);
core::Result<Response> list_versions(const TableSources& sources, const Request& request);
core::Result<Response> version_file(const TableSources& sources, const Request& request);
core::Result<Response> show_table_openapi(const TableSources& sources, const Request& request);

}  // namespace minato::http::tables
