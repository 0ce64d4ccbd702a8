#include "harvest/run/gather_stage.h"

#include <algorithm>
#include <utility>

#include "harvest/run/faults.h"
#include "harvest/run/listed_records.h"

namespace minato::harvest {

namespace {

using core::Result;

// How far back the last complete run is looked for.
constexpr std::int64_t kRecentJobs = 20;

}  // namespace

Result<GatherOutcome> gather(JobRun& run) {
  ListedRecords listed(run);
  const Result<void> seen = guarded([&] { return run.adapter.gather(listed); });
  if (auto going = run.keeper.check(); !going) return tl::unexpected(std::move(going).error());
  // What was listed before a failure is as good as ever.
  if (auto done = listed.finish(); !done) return tl::unexpected(std::move(done).error());
  GatherOutcome outcome;
  outcome.is_whole = seen && listed.is_whole();
  if (seen) return outcome;
  outcome.failure = seen.error();
  auto noted = add_fault(run.stores.harvest, {run.job.id, "gather", "", "", run.source.url},
                         outcome.failure, run.stores.clock.now());
  if (!noted) return tl::unexpected(std::move(noted).error());
  return outcome;
}

Result<std::optional<core::Timestamp>> changes_since(const core::HarvestSource& source,
                                                     storage::HarvestStore& store) {
  if (!source.last_success || source.modified > *source.last_success) return std::nullopt;
  auto jobs = store.jobs({source.id, false, 0, kRecentJobs});
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  for (const core::HarvestJob& job : *jobs) {
    if (job.state != core::JobState::kFinished) continue;
    // Only the newest counts: what failed in it would not be listed as changed again.
    const bool is_clean = job.outcome == core::JobOutcome::kSucceeded && job.complete_listing &&
                          job.counts.errored == 0;
    if (!is_clean || !job.gather_started) return std::nullopt;
    return std::min(*job.gather_started, *source.last_success);
  }
  return std::nullopt;
}

}  // namespace minato::harvest
