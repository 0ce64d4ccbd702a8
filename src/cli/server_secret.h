// The secret of a data directory: what signs things that clients bring back (cursors), and keys the
// hashes of tokens and the chain of the audit log.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::cli {

// 32 random bytes in DATA_DIR/secret.key (mode 0600), made on first use. Processes on the same
// directory get the same one, also when they start together. Fails with "secret-unusable" when the
// file cannot be read or made, or is not of that length.
core::Result<std::string> server_secret(const std::string& data_dir);

// A secret for one purpose ("token", "audit"): 32 bytes that tell nothing of the others.
std::string derived_secret(std::string_view secret, std::string_view label);

}  // namespace minato::cli
