// What the source no longer lists.
#pragma once

#include "core/error.h"
#include "harvest/run/job_run.h"

namespace minato::harvest {

// After a complete listing only; else it does nothing. Tells what was deleted, and leaves a fault
// when so much vanished that a person must confirm.
core::Result<void> remove_vanished(JobRun& run);

}  // namespace minato::harvest
