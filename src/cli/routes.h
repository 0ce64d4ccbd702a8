// Every row the program serves, from one place: what the server answers and what the documents are
// checked against.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "http/system_routes.h"
#include "service/catalog.h"

namespace minato::cli {

// `catalog`, and what `system` refers to, outlive the rows. `secret` signs cursors.
std::vector<http::Route> all_routes(service::Catalog& catalog, http::SystemRoutes system,
                                    std::string secret);

}  // namespace minato::cli
