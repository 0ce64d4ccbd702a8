// The first stage: the source's records become rows of the job's queue.
#pragma once

#include <optional>

#include "core/error.h"
#include "harvest/run/job_run.h"

namespace minato::harvest {

struct GatherOutcome {
  bool is_whole = false;  // the listing was seen to its end, and no fault says otherwise
  core::Error failure;    // id empty: none
};

// May be repeated after a crash: what the queue holds already is passed over. Fails only as the
// store fails or when the job must end (JobKeeper); what the source does wrong is in the outcome,
// and in the job's faults.
core::Result<GatherOutcome> gather(JobRun& run);

// Since when a source may tell changes only: the start of its last run, if that saw everything
// without any error and nobody changed the source since.
core::Result<std::optional<core::Timestamp>> changes_since(const core::HarvestSource& source,
                                                           storage::HarvestStore& store);

}  // namespace minato::harvest
