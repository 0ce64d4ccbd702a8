#include "harvest/run/source_log.h"

#include <chrono>
#include <optional>
#include <utility>

#include "harvest/run/faults.h"
#include "harvest/run/run_times.h"
#include "service/harvest/import.h"

namespace minato::harvest {

namespace {

using core::HarvestJob;
using core::HarvestSource;
using core::Result;

constexpr std::chrono::seconds kReadTimeout{30};
constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kJapanUs = 9 * 3'600'000'000;

std::int64_t day_in_japan(core::Timestamp time) { return (time.us + kJapanUs) / kDayUs; }

bool changed_anything(const core::JobCounts& counts) {
  return counts.added + counts.updated + counts.deleted + counts.files_changed > 0;
}

Result<void> confirm(const HarvestSource& source, const RunnerStores& stores) {
  const core::Timestamp now = stores.clock.now();
  {
    auto reader = stores.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto known = (*reader)->source_confirmation(source.id);
    if (!known) return tl::unexpected(std::move(known).error());
    if (*known && (*known)->title == source.title && (*known)->url == source.url &&
        day_in_japan((*known)->confirmed) == day_in_japan(now)) {
      return {};
    }
  }
  return service::confirm_source(source, now, stores.catalog);
}

void count_run(HarvestSource& source, const HarvestJob& job, core::Timestamp now) {
  if (job.outcome != core::JobOutcome::kSucceeded) {
    ++source.failures;
    return;
  }
  source.failures = 0;
  source.unchanged_runs = changed_anything(job.counts) ? 0 : source.unchanged_runs + 1;
  if (job.complete_listing) source.last_success = now;
}

}  // namespace

Result<void> note_finished(const HarvestSource& source, const HarvestJob& job,
                           const RunnerStores& stores, const RunnerOptions& options) {
  const core::Timestamp now = stores.clock.now();
  if (job.complete_listing && job.outcome == core::JobOutcome::kSucceeded) {
    if (auto done = confirm(source, stores); !done) return done;
  }
  std::optional<core::Error> unreadable;
  auto changed = stores.harvest.change_source(source.id, [&](HarvestSource& stored) {
    count_run(stored, job, now);
    auto next = next_run(stored, options.default_schedule, now);
    if (!next) {  // the job must end all the same, and the source go on
      unreadable = next.error();
      stored.schedule.clear();
      next = next_run(stored, options.default_schedule, now);
    }
    stored.next_run = next ? *next : std::nullopt;
  });
  if (!changed) return tl::unexpected(std::move(changed).error());
  if (!unreadable) return {};
  return add_fault(stores.harvest, {job.id, "gather", "", "", ""}, *unreadable, now);
}

}  // namespace minato::harvest
