// The rows of the pages for people: Japanese, and the same below /en in English.
#pragma once

#include <vector>

#include "http/route.h"
#include "service/catalog.h"

namespace minato::web {

// `catalog` outlives the rows.
std::vector<http::Route> web_routes(service::Catalog& catalog);

}  // namespace minato::web
