#include "cli/publish/commands.h"

#include <map>

#include "cli/maintenance.h"
#include "cli/operator.h"
#include "cli/program.h"
#include "cli/publish/jobs.h"
#include "cli/publish/publish.h"
#include "cli/server_secret.h"

namespace minato::cli {

namespace {

using core::Result;

using Run = Result<int> (*)(PublishCommand&);

const std::map<std::string, Run, std::less<>>& commands() {
  static const std::map<std::string, Run, std::less<>> all{
      {"publish", publish_file},     {"jobs list", list_jobs},    {"jobs show", show_job},
      {"jobs confirm", confirm_job}, {"jobs cancel", cancel_job},
  };
  return all;
}

// As if that user had sent it with a token of all scopes.
Result<core::Caller> caller_named(const std::string& name, service::Accounts& accounts) {
  auto profile = accounts.user(name);
  if (!profile) return tl::unexpected(std::move(profile).error());
  core::Caller caller;
  caller.user_id = profile->user.id;
  caller.user_name = profile->user.name;
  caller.sysadmin = profile->user.sysadmin;
  for (const storage::Membership& role : profile->roles) caller.roles[role.group_id] = role.role;
  return caller;
}

}  // namespace

Result<int> run_publish(const std::string& command, const PublishArguments& arguments,
                        std::ostream& out, std::ostream& err) {
  if (command != "publish") {
    if (auto found = require_catalog(arguments.data); !found) return tl::unexpected(found.error());
  }
  const auto settings = settings_of(arguments.settings);
  if (!settings) return tl::unexpected(settings.error());
  service::WriteContext context = operator_context();
  auto storage = storage::sqlite::open_storage(arguments.data, {});
  if (!storage) return tl::unexpected(storage.error());
  const auto secret = server_secret(arguments.data);
  if (!secret) return tl::unexpected(secret.error());
  const core::SystemClock clock;
  WritingServices services(*storage, clock, *settings, arguments.data, *secret);
  if (!arguments.user.empty()) {
    auto caller = caller_named(arguments.user, services.accounts);
    if (!caller) return tl::unexpected(std::move(caller).error());
    context.caller = *std::move(caller);
  }
  PublishCommand run{arguments,           *storage, services, std::move(context),
                     terminal_language(), out,      err};
  return commands().at(command)(run);
}

}  // namespace minato::cli
