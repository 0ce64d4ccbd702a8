// /api/v1 for those who have a token: datasets, resources, versions and rows of tables, uploads,
// import jobs, and who one is.
#pragma once

#include <vector>

#include "http/route.h"
#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "service/catalog.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "service/publish/dataset_writes.h"
#include "service/rows/row_writes.h"
#include "service/tables.h"

namespace minato::http {

// All outlive the rows.
struct WriteDependencies {
  service::Catalog* catalog = nullptr;
  service::Tables* tables = nullptr;
  service::Accounts* accounts = nullptr;
  service::AuditedStore* store = nullptr;
  service::DatasetWrites* datasets = nullptr;
  service::Uploads* uploads = nullptr;
  service::Imports* imports = nullptr;
  service::RowWrites* rows = nullptr;
};

// Throws std::logic_error when a built-in schema is broken.
std::vector<Route> write_routes(const WriteDependencies& dependencies);

}  // namespace minato::http
