// Which files a job looks at.
#pragma once

#include <vector>

#include "core/error.h"
#include "harvest/run/job_run.h"

namespace minato::harvest {

// The files of what was just imported; those of datasets that changed are due whatever their
// intervals say. Nothing in a dry run, or when the source's options say rows = false.
core::Result<void> queue_imported_files(JobRun& run,
                                        const std::vector<service::ImportedRecord>& imported);

// Those of records that were not imported now, as far as they are due; all when a person started
// the job.
core::Result<void> queue_due_files(JobRun& run);

}  // namespace minato::harvest
