// GET /datastore/dump/{id}: a table as one file, byte for byte as CKAN's clients expect it.
#pragma once

#include <vector>

#include "http/route.h"
#include "service/tables.h"

namespace minato::http::ckan {

std::vector<Route> datastore_dump_routes(service::Tables& tables);

}  // namespace minato::http::ckan
