// `minato harvest run` and `retry`: harvests now, and waits.
#pragma once

#include "cli/harvest/commands.h"

namespace minato::cli {

// All active sources, or those that --source names, each on a thread of its own; one JSON line per
// source (formats/harvest_console.h). Status 1: a source failed as a whole; 128 + n: ended by
// signal n.
core::Result<int> run_harvests(const HarvestCommand& command);

// Forgets what is known of the records and files that failed in the last finished job, so that they
// count as changed, and harvests the source.
core::Result<int> retry_harvest(const HarvestCommand& command);

}  // namespace minato::cli
