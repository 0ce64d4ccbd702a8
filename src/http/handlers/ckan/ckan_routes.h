// The CKAN Action API (api/ckan.md) as rows of the route table.
#pragma once

#include <vector>

#include "http/handlers/ckan/writes/write_action.h"
#include "http/route.h"
#include "service/accounts/accounts.h"
#include "service/catalog.h"
#include "service/harvest/status.h"
#include "service/tables.h"

namespace minato::http {

// All outlive the rows.
struct CkanDependencies {
  service::Catalog* catalog = nullptr;
  service::Tables* tables = nullptr;
  service::HarvestStatus* harvest = nullptr;
  service::Accounts* accounts = nullptr;  // for actions about users
  // Without one of these, and accounts, nothing can be changed: writes are refused.
  service::DatasetWrites* datasets = nullptr;
  service::GroupWrites* groups = nullptr;
  service::Uploads* uploads = nullptr;
  service::Imports* imports = nullptr;
  service::RowWrites* rows = nullptr;
  ckan::WriteLimits limits;
};

// /api, /api/1 to /api/3, the actions under /api/3/action and /api/action, and the autocomplete
// addresses under /api/1/util and /api/2/util, and /datastore/dump.
std::vector<Route> ckan_routes(CkanDependencies dependencies);

}  // namespace minato::http
