// GET /api/v1/harvest/...: how harvesting goes, for the public.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "service/harvest/status.h"

namespace minato::http {

// Never cached: harvest.db changes without a new revision of the catalogue. `status` outlives the
// rows.
std::vector<Route> harvest_routes(service::HarvestStatus& status, std::string site_url);

}  // namespace minato::http
