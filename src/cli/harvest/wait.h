// One harvest of a source, by this process or by the one that is at it already; and its words.
#pragma once

#include <atomic>

#include "core/error.h"
#include "core/harvest.h"
#include "formats/harvest_console.h"
#include "formats/harvest_difference.h"
#include "harvest/run/runner.h"
#include "storage/harvest_store.h"

namespace minato::cli {

struct HarvestRequest {
  const core::HarvestSource& source;
  const harvest::RunCallbacks& callbacks;
  const std::atomic<bool>& stop;
};

// As Runner::run(); when another process is harvesting the source, waits for the end of its job and
// gives that (its seconds are 0), or takes it over when that process ends without finishing it.
core::Result<harvest::RunResult> run_or_wait(const HarvestRequest& request, harvest::Runner& runner,
                                             storage::HarvestStore& store);

formats::HarvestRunLine run_line(const core::HarvestSource& source,
                                 const core::Result<harvest::RunResult>& result,
                                 core::Language language);
formats::HarvestDifference difference_of(const harvest::RecordNote& note);

}  // namespace minato::cli
