// The way of one claimed job through its stages to its end.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "core/error.h"
#include "formats/remote/source_options.h"
#include "harvest/run/counting_fetcher.h"
#include "harvest/run/job_claim.h"
#include "harvest/run/job_keeper.h"
#include "harvest/run/job_run.h"
#include "harvest/run/progress.h"
#include "harvest/run/runner.h"
#include "harvest/sources/source.h"

namespace minato::harvest {

struct JobSetting {
  const core::HarvestSource& source;
  const RunnerStores& stores;
  Fetcher& fetcher;
  const RunnerOptions& limits;
  const RunCallbacks& callbacks;
  const std::atomic<bool>& stop;
  std::string folder;
  bool is_dry = false;
};

// Not thread-safe; used once.
class JobWork {
 public:
  JobWork(ClaimedJob claimed, const JobSetting& setting);

  // Fails as the harvest store fails; then the lease is given up if that still works. What the
  // source or an adapter does wrong, exceptions included, is in the result.
  core::Result<RunResult> run();

 private:
  core::Result<void> stages();
  core::Result<void> begin();
  core::Result<void> make_adapter();
  core::Result<void> gather_records(JobRun& run);
  core::Result<void> import_records(JobRun& run);
  core::Result<void> advance(core::JobStage stage);
  core::Result<void> save();

  core::Result<RunResult> conclude(const core::Result<void>& done);
  core::Result<RunResult> finish();
  core::Result<RunResult> leave_unfinished(const core::Error& why);
  core::Result<RunResult> leave_lost();
  core::Result<RunResult> run_out_of_time(const core::Error& why);
  core::Result<RunResult> end_as(core::JobOutcome outcome, const core::Error& why);
  core::Result<void> close_open_objects();
  core::Result<void> judge_file_source();
  core::Result<void> find_failure();
  core::Result<void> note_end();
  core::Result<RunResult> result();

  const JobSetting& setting_;
  const ClaimedJob claimed_;
  core::HarvestJob job_;
  CountingFetcher fetcher_;
  JobKeeper keeper_;
  Progress progress_;
  formats::SourceOptions options_;
  std::optional<SourceContext> context_;  // what the adapter refers to
  std::unique_ptr<Source> adapter_;
  core::Error failure_;
};

}  // namespace minato::harvest
