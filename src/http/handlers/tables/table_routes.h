// The rows of /api/v1/tables: schema, rows, aggregates, facets, downloads and versions of tables.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "service/tables.h"

namespace minato::http {

struct TableRoutesOptions {
  std::string cursor_secret;    // SignedText's
  std::string spool_directory;  // for workbooks while they are written
};

// `tables` outlives the rows.
std::vector<Route> table_routes(service::Tables& tables, TableRoutesOptions options);

}  // namespace minato::http
