// `minato audit`.
#pragma once

#include "cli/accounts/commands.h"

namespace minato::cli {

// Faults are printed on standard error, and give the exit status 1.
core::Result<int> verify_audit(const AccountCommand& command);
core::Result<int> export_audit(const AccountCommand& command);

}  // namespace minato::cli
