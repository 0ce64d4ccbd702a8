// GET /organization/{id}/opendata_list.csv: an organization's datasets as the national table
// オープンデータ一覧.
#pragma once

#include <vector>

#include "http/route.h"
#include "service/catalog.h"

namespace minato::http {

// `catalog` outlives the rows.
std::vector<Route> opendata_list_routes(service::Catalog& catalog);

}  // namespace minato::http
