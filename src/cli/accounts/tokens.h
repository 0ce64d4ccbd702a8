// `minato token`.
#pragma once

#include <string>

#include "cli/accounts/commands.h"
#include "core/time.h"

namespace minato::cli {

core::Result<int> create_token(const AccountCommand& command);
core::Result<int> list_tokens(const AccountCommand& command);
core::Result<int> revoke_token(const AccountCommand& command);

// "90" (days from now), "2027-03-31" (the end of that day in Japan), or a time with its zone.
// kInvalidArgument "expires-invalid".
core::Result<core::Timestamp> parse_expiry(const std::string& text, core::Timestamp now);

}  // namespace minato::cli
