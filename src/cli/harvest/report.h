// `minato harvest status` and `show`.
#pragma once

#include "cli/harvest/commands.h"

namespace minato::cli {

// A line per source: state, last success, last job, next run, failures.
core::Result<int> show_harvest_status(const HarvestCommand& command);

// One source: options, last jobs, faults in plain words, what is missing, what staff keep.
core::Result<int> show_harvest_source(const HarvestCommand& command);

}  // namespace minato::cli
