// Everything people change the catalogue with, wired over one data directory: for the server and
// for commands.
#pragma once

#include <string>

#include "cli/settings.h"
#include "core/time.h"
#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "service/publish/dataset_writes.h"
#include "service/publish/group_writes.h"
#include "service/rows/row_writes.h"
#include "storage/sqlite/open_storage.h"

namespace minato::cli {

struct WritingServices {
  // `secret`: server_secret() of the directory. REQUIRES: storage and clock outlive it.
  WritingServices(storage::sqlite::Storage& storage, const core::Clock& clock,
                  const Settings& settings, const std::string& data_dir, const std::string& secret);

  service::AuditedStore store;
  service::Accounts accounts;
  service::DatasetWrites datasets;
  service::GroupWrites groups;
  service::Uploads uploads;
  service::Imports imports;
  service::RowWrites rows;
};

// The key that audit entries are chained with.
std::string audit_key(const std::string& secret);

}  // namespace minato::cli
