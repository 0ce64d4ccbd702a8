// The CKAN Action API (api/ckan.md) as rows of the route table.
#pragma once

#include <vector>

#include "http/route.h"
#include "service/catalog.h"

namespace minato::http {

struct CkanDependencies {
  service::Catalog* catalog = nullptr;  // outlives the rows
};

// /api, /api/1 to /api/3, the actions under /api/3/action and /api/action, and the autocomplete
// addresses under /api/1/util and /api/2/util.
std::vector<Route> ckan_routes(CkanDependencies dependencies);

}  // namespace minato::http
