// `minato harvest`: what operators do with harvest sources. All of it works beside a running
// server.
#pragma once

#include <ostream>
#include <string>

#include "cli/harvest/arguments.h"
#include "cli/stop_signals.h"
#include "core/error.h"
#include "core/time.h"
#include "storage/sqlite/open_storage.h"

namespace minato::cli {

struct HarvestCommand {
  const HarvestArguments& arguments;
  storage::sqlite::Storage& storage;
  const core::Clock& clock;
  core::Language language;
  std::ostream& out;
  std::ostream& err;
  const StopSignals* signals = nullptr;  // of the commands that harvest
};

// Runs "sources list", "run", ... and gives the exit status. Errors are for the caller to print.
core::Result<int> run_harvest(const std::string& command, const HarvestArguments& arguments,
                              std::ostream& out, std::ostream& err);

}  // namespace minato::cli
