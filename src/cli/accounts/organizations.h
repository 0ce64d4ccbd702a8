// `minato organization`.
#pragma once

#include <string>

#include "cli/accounts/commands.h"
#include "core/dataset.h"

namespace minato::cli {

core::Result<int> list_organizations(const AccountCommand& command);
core::Result<int> add_organization(const AccountCommand& command);
core::Result<int> change_organization(const AccountCommand& command);
core::Result<int> remove_organization(const AccountCommand& command);

core::Result<int> list_members(const AccountCommand& command);
core::Result<int> add_member(const AccountCommand& command);
core::Result<int> remove_member(const AccountCommand& command);

// Changes nothing; kNotFound "organization-not-found" when ensure_organization() would fail.
core::Result<void> check_organization(const AccountCommand& command, const std::string& code);
// The organization, made from the list of publishers that is part of the program when the
// catalogue lacks it.
core::Result<core::Group> ensure_organization(const AccountCommand& command,
                                              const std::string& code);
// The program knows this code.
bool is_known_code(const std::string& code);

}  // namespace minato::cli
