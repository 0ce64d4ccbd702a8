// `minato user`, `token`, `organization` and `audit`: what operators do with accounts. All of it
// works beside a running server, is done with a system administrator's rights, and is audited.
#pragma once

#include <ostream>
#include <string>

#include "cli/accounts/arguments.h"
#include "core/error.h"
#include "core/time.h"
#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "service/publish/group_writes.h"
#include "storage/sqlite/open_storage.h"

namespace minato::cli {

struct AccountCommand {
  const AccountArguments& arguments;
  service::AuditedStore& store;
  service::Accounts& accounts;
  service::GroupWrites& groups;
  const std::string& audit_key;
  service::WriteContext context;  // the operator
  core::Language language;
  std::ostream& out;
  std::ostream& err;
};

// Runs "token create", ... and gives the exit status. Errors are for the caller to print.
core::Result<int> run_accounts(const std::string& command, const AccountArguments& arguments,
                               std::ostream& out, std::ostream& err);

// A view of the catalogue, for as long as a command may take.
core::Result<std::unique_ptr<storage::CatalogReader>> read_catalog(const AccountCommand& command);

}  // namespace minato::cli
