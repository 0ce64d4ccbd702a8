// The autocomplete addresses that the scripts of CKAN's own pages call.
#pragma once

#include <vector>

#include "http/route.h"
#include "service/catalog.h"

namespace minato::http::ckan {

// /api/{1,2}/util/{dataset,tag,user,group,organization}/autocomplete and
// /api/{1,2}/util/resource/format_autocomplete. `catalog` outlives the rows.
std::vector<Route> util_routes(service::Catalog& catalog);

}  // namespace minato::http::ckan
