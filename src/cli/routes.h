// Every row the program serves, from one place: what the server answers and what the documents are
// checked against.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "http/system_routes.h"
#include "service/catalog.h"
#include "service/harvest/status.h"
#include "service/tables.h"

namespace minato::cli {

struct RouteSources {
  service::Catalog& catalog;
  service::Tables& tables;
  service::HarvestStatus& harvest;
  std::string secret;           // signs cursors
  std::string spool_directory;  // for files while they are written
};

// What `sources` and `system` refer to outlives the rows.
std::vector<http::Route> all_routes(const RouteSources& sources, http::SystemRoutes system);

}  // namespace minato::cli
