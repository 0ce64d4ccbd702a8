// Every row the program serves, from one place: what the server answers and what the documents are
// checked against.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "http/route.h"
#include "http/system_routes.h"
#include "service/accounts/accounts.h"
#include "service/catalog.h"
#include "service/harvest/status.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "service/publish/dataset_writes.h"
#include "service/publish/group_writes.h"
#include "service/rows/row_writes.h"
#include "service/tables.h"
#include "web/sources.h"

namespace minato::cli {

struct RouteSources {
  service::Catalog& catalog;
  service::Tables& tables;
  service::HarvestStatus& harvest;
  service::AuditedStore& store;
  service::Accounts& accounts;
  service::DatasetWrites& datasets;
  service::GroupWrites& groups;
  service::Uploads& uploads;
  service::Imports& imports;
  service::RowWrites& rows;
  std::string secret;                       // signs cursors
  std::string spool_directory;              // for files while they are written
  std::chrono::milliseconds import_wait{};  // of CKAN's file actions
  web::WebOptions web = {};
};

web::WebSources web_sources(const RouteSources& sources);

// What `sources` and `system` refer to outlives the rows.
std::vector<http::Route> all_routes(const RouteSources& sources, http::SystemRoutes system);

}  // namespace minato::cli
