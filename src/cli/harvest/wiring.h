// What harvesting needs beside the stores, made from the settings: for the server and for
// `minato harvest`.
#pragma once

#include <memory>
#include <string>

#include "cli/settings.h"
#include "core/error.h"
#include "core/time.h"
#include "harvest/fetch/fetcher.h"
#include "harvest/run/runner.h"
#include "harvest/run/scheduler.h"
#include "storage/sqlite/open_storage.h"

namespace minato::cli {

struct HarvestParts {
  std::unique_ptr<harvest::Fetcher> fetcher;
  std::unique_ptr<harvest::Runner> runner;
};

harvest::RunnerStores runner_stores(storage::sqlite::Storage& storage, const core::Clock& clock);

// Fails with kInvalidArgument: "harvest-networks", "harvest-schedule". REQUIRES: storage and clock
// outlive the parts.
core::Result<HarvestParts> make_harvest_parts(const Settings& settings, const std::string& data_dir,
                                              storage::sqlite::Storage& storage,
                                              const core::Clock& clock);

}  // namespace minato::cli
