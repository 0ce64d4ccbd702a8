// What the pages are made from.
#pragma once

#include <string>

#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "service/catalog.h"
#include "service/harvest/status.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "service/publish/dataset_writes.h"
#include "service/tables.h"

namespace minato::web {

struct WebOptions {
  // Base tiles of maps: "https://tiles.example.jp/{z}/{x}/{y}.png"; empty: none, and nothing is
  // asked of third parties.
  std::string map_tiles;
  std::string map_attribution;  // text beside the map, where the tiles are from
  std::string contact;  // whom to tell of barriers and errors: a mail address or URL; may be empty
  std::int64_t session_hours = 12;  // of the staff corner
};

// References outlive the rows made with them. Copied into them: cheap.
struct WebSources {
  service::Catalog& catalog;
  service::Tables& tables;
  service::HarvestStatus& harvest;
  service::AuditedStore& store;
  service::Accounts& accounts;
  service::DatasetWrites& datasets;
  service::Uploads& uploads;
  service::Imports& imports;
  std::string secret;             // signs sessions
  std::string_view openapi_json;  // static
  WebOptions options = {};
  std::string spool_directory = {};  // for workbooks while they are written
};

}  // namespace minato::web
