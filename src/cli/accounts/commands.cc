#include "cli/accounts/commands.h"

#include <chrono>
#include <map>

#include "cli/accounts/audit.h"
#include "cli/accounts/organizations.h"
#include "cli/accounts/tokens.h"
#include "cli/accounts/users.h"
#include "cli/maintenance.h"
#include "cli/operator.h"
#include "cli/program.h"
#include "cli/server_secret.h"
#include "cli/writing_services.h"

namespace minato::cli {

namespace {

using core::Result;

struct Entry {
  Result<int> (*run)(const AccountCommand&);
  bool makes_directory = false;
};

const std::map<std::string, Entry, std::less<>>& commands() {
  static const std::map<std::string, Entry, std::less<>> all{
      {"user list", {list_users}},
      {"user add", {add_user, true}},
      {"user set", {change_user}},
      {"user remove", {remove_user}},
      {"token create", {create_token, true}},
      {"token list", {list_tokens}},
      {"token revoke", {revoke_token}},
      {"organization list", {list_organizations}},
      {"organization add", {add_organization, true}},
      {"organization set", {change_organization}},
      {"organization remove", {remove_organization}},
      {"organization members", {list_members}},
      {"organization add-member", {add_member}},
      {"organization remove-member", {remove_member}},
      {"audit verify", {verify_audit}},
      {"audit export", {export_audit}},
  };
  return all;
}

}  // namespace

Result<int> run_accounts(const std::string& command, const AccountArguments& arguments,
                         std::ostream& out, std::ostream& err) {
  const Entry& entry = commands().at(command);
  if (!entry.makes_directory) {
    if (auto found = require_catalog(arguments.data); !found) return tl::unexpected(found.error());
  }
  service::WriteContext context = operator_context();
  auto storage = storage::sqlite::open_storage(arguments.data, {});
  if (!storage) return tl::unexpected(storage.error());
  const auto secret = server_secret(arguments.data);
  if (!secret) return tl::unexpected(secret.error());
  const core::SystemClock clock;
  const std::string chain_key = audit_key(*secret);
  service::AuditedStore store(*storage->catalog, clock, chain_key);
  service::AccountOptions options;
  options.token_secret = derived_secret(*secret, "token");
  service::Accounts accounts(store, options);
  service::GroupWrites groups(store, service::OrganizationCreators::kSysadmins);
  return entry.run({arguments, store, accounts, groups, chain_key, std::move(context),
                    terminal_language(), out, err});
}

Result<std::unique_ptr<storage::CatalogReader>> read_catalog(const AccountCommand& command) {
  constexpr std::chrono::minutes kReadLimit{10};
  return command.store.store().read(std::chrono::steady_clock::now() + kReadLimit);
}

}  // namespace minato::cli
