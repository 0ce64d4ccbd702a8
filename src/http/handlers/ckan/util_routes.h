// The autocomplete addresses that the scripts of CKAN's own pages call.
#pragma once

#include <memory>
#include <vector>

#include "http/handlers/ckan/rendered_datasets.h"
#include "http/route.h"
#include "service/catalog.h"
#include "service/tables.h"

namespace minato::http::ckan {

// /api/{1,2}/util/{dataset,tag,user,group,organization}/autocomplete and
// /api/{1,2}/util/resource/format_autocomplete. `catalog` and `tables` outlive the rows.
std::vector<Route> util_routes(service::Catalog& catalog, service::Tables& tables,
                               const std::shared_ptr<RenderedDatasets>& rendered);

}  // namespace minato::http::ckan
