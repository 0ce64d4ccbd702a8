// `minato serve`: runs the application until SIGTERM or SIGINT.
#pragma once

#include "cli/application.h"
#include "core/error.h"

namespace minato::cli {

// Returns when the server has stopped in order, or with the error that kept it from starting.
// REQUIRES: called from the main thread before any other thread exists (signals are blocked here).
core::Result<void> serve(const ApplicationOptions& options);

}  // namespace minato::cli
