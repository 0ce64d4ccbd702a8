// The secret of a data directory: what signs things that clients bring back (cursors).
#pragma once

#include <string>

#include "core/error.h"

namespace minato::cli {

// 32 random bytes in DATA_DIR/secret.key (mode 0600), made on first use. Processes on the same
// directory get the same one, also when they start together. Fails with "secret-unusable" when the
// file cannot be read or made, or is not of that length.
core::Result<std::string> server_secret(const std::string& data_dir);

}  // namespace minato::cli
