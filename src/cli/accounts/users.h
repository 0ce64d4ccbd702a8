// `minato user`.
#pragma once

#include "cli/accounts/commands.h"

namespace minato::cli {

core::Result<int> list_users(const AccountCommand& command);
core::Result<int> add_user(const AccountCommand& command);
core::Result<int> change_user(const AccountCommand& command);
core::Result<int> remove_user(const AccountCommand& command);

}  // namespace minato::cli
