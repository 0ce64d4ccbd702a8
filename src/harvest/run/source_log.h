// What a finished job means for its source: counters, next run, the date shown with its datasets.
#pragma once

#include "core/error.h"
#include "core/harvest.h"
#include "harvest/run/runner.h"

namespace minato::harvest {

// `job` is finished but for its saving, with its counts. The catalogue is written at most once a
// day per source, so that runs without changes leave its caches alone.
core::Result<void> note_finished(const core::HarvestSource& source, const core::HarvestJob& job,
                                 const RunnerStores& stores, const RunnerOptions& options);

}  // namespace minato::harvest
