// Making a harvest take up again what failed in the one before.
#pragma once

#include "core/error.h"
#include "core/harvest.h"
#include "storage/harvest_store.h"

namespace minato::cli {

// Records that failed in the source's last finished job count as changed from now on, and files
// that failed as due. Nothing to do when there is no such job.
core::Result<void> mark_failed_for_retry(const core::HarvestSource& source,
                                         storage::HarvestStore& store);

}  // namespace minato::cli
