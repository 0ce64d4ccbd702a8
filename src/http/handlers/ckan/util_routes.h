// The autocomplete addresses that the scripts of CKAN's own pages call.
#pragma once

#include <memory>
#include <vector>

#include "http/handlers/ckan/action.h"
#include "http/handlers/ckan/rendered_datasets.h"
#include "http/route.h"

namespace minato::http::ckan {

// /api/{1,2}/util/{dataset,tag,user,group,organization}/autocomplete and
// /api/{1,2}/util/resource/format_autocomplete. What `sources` refers to outlives the rows,
// kept alive by `rendered` where it is that.
std::vector<Route> util_routes(const Sources& sources,
                               const std::shared_ptr<RenderedDatasets>& rendered);

}  // namespace minato::http::ckan
