// An OpenAPI 3.1 document of one table: its columns as parameters and as the schema of its rows.
#pragma once

#include <string>

#include "http/handlers/tables/table_json.h"
#include "service/tables.h"

namespace minato::http::tables {

std::string table_openapi(const service::FoundTable& table, const TableContext& context);

}  // namespace minato::http::tables
