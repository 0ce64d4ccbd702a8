// Changing harvest sources, and ending or confirming what they do.
#pragma once

#include "cli/harvest/commands.h"

namespace minato::cli {

core::Result<int> list_harvest_sources(const HarvestCommand& command);
core::Result<int> add_harvest_source(const HarvestCommand& command);
core::Result<int> change_harvest_source(const HarvestCommand& command);
core::Result<int> pause_harvest_source(const HarvestCommand& command);
core::Result<int> resume_harvest_source(const HarvestCommand& command);
core::Result<int> freeze_harvest_source(const HarvestCommand& command);
// Ends its job first.
core::Result<int> remove_harvest_source(const HarvestCommand& command);
core::Result<int> confirm_harvest_deletions(const HarvestCommand& command);
// kNotFound "harvest-job-not-found" when nothing runs.
core::Result<int> abort_harvest(const HarvestCommand& command);

}  // namespace minato::cli
