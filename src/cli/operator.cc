#include "cli/operator.h"

#include <pwd.h>
#include <unistd.h>

#include <string>

#include "service/accounts/accounts.h"

namespace minato::cli {

// No user has a name with a colon.
service::WriteContext operator_context() {
  service::WriteContext context;
  context.caller = service::operator_caller();
  const passwd* account = ::getpwuid(::geteuid());
  context.caller.user_name +=
      ":" + (account == nullptr ? std::to_string(::geteuid()) : std::string(account->pw_name));
  return context;
}

}  // namespace minato::cli
