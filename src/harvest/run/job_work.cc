#include "harvest/run/job_work.h"

#include <utility>

#include "harvest/run/faults.h"
#include "harvest/run/file_queue.h"
#include "harvest/run/file_stage.h"
#include "harvest/run/gather_stage.h"
#include "harvest/run/import_stage.h"
#include "harvest/run/vanished.h"

namespace minato::harvest {

namespace {

using core::JobStage;
using core::Result;

// A program that dies at once after every start must not do so until the deadline.
constexpr std::int64_t kMaxTakeUps = 100;

tl::unexpected<core::Error> taken_up_too_often(std::int64_t attempts) {
  const std::string count = std::to_string(attempts);
  return core::fail(core::ErrorCode::kInternal, "harvest-job-poison",
                    {"このジョブは " + count + " 回中断したため、打ち切りました。",
                     "This job broke off " + count + " times and is given up."},
                    {"収集元の URL を添えて開発者へ知らせてください。",
                     "Tell the developers the URL of the source."});
}

}  // namespace

JobWork::JobWork(ClaimedJob claimed, const JobSetting& setting)
    : setting_(setting),
      claimed_(std::move(claimed)),
      job_(claimed_.job),
      fetcher_(setting.fetcher),
      keeper_(setting.stores.harvest, setting.stores.clock, claimed_.lease, setting.stop),
      progress_(job_, fetcher_, setting.stores.harvest, setting.callbacks) {}

Result<RunResult> JobWork::run() {
  const Result<void> done = guarded([&] { return stages(); });
  auto concluded = guarded([&] { return conclude(done); });
  if (!concluded) keeper_.give_up();
  return concluded;
}

Result<void> JobWork::stages() {
  if (auto begun = begin(); !begun) return begun;
  if (job_.stage == JobStage::kDone) return {};
  if (auto made = make_adapter(); !made) return made;
  JobRun run{setting_.source,    options_, setting_.stores, setting_.limits,
             setting_.callbacks, fetcher_, keeper_,         progress_,
             *adapter_,          job_,     setting_.folder, claimed_.broke_off,
             setting_.is_dry};
  if (job_.stage == JobStage::kGather) {
    if (auto done = gather_records(run); !done) return done;
    run.broke_off = false;
  }
  if (job_.stage == JobStage::kFetchImport) {
    if (auto done = import_records(run); !done) return done;
    run.broke_off = false;
  }
  if (options_.rows && !setting_.is_dry) {
    if (auto done = FileStage(run).run(); !done) return done;
  }
  return advance(JobStage::kDone);
}

Result<void> JobWork::begin() {
  const core::Timestamp now = setting_.stores.clock.now();
  if (!job_.deadline) {
    job_.deadline = core::Timestamp{now.us + setting_.limits.job_timeout_s * 1'000'000};
    job_.gather_started = now;
  }
  job_.state = core::JobState::kRunning;
  if (auto saved = save(); !saved) return saved;
  keeper_.set_deadline(*job_.deadline);
  if (auto going = keeper_.check(); !going) return going;
  if (job_.attempts > kMaxTakeUps) return taken_up_too_often(job_.attempts);
  return {};
}

Result<void> JobWork::make_adapter() {
  auto options = formats::parse_source_options(setting_.source.options, setting_.source.kind);
  if (!options) return tl::unexpected(std::move(options).error());
  options_ = *std::move(options);
  auto since = changes_since(setting_.source, setting_.stores.harvest);
  if (!since) return tl::unexpected(std::move(since).error());
  context_.emplace(SourceContext{setting_.source, options_, fetcher_, setting_.stores.clock,
                                 keeper_.deadline(), keeper_.stop_flag(), *since, setting_.folder});
  auto made =
      setting_.limits.make_source ? setting_.limits.make_source(*context_) : make_source(*context_);
  if (!made) return tl::unexpected(std::move(made).error());
  adapter_ = *std::move(made);
  return {};
}

Result<void> JobWork::gather_records(JobRun& run) {
  auto outcome = gather(run);
  if (!outcome) return tl::unexpected(std::move(outcome).error());
  job_.gather_finished = setting_.stores.clock.now();
  job_.complete_listing = outcome->is_whole;
  if (!outcome->failure.id.empty()) {
    job_.outcome = core::JobOutcome::kFailed;
    failure_ = outcome->failure;
  }
  return advance(JobStage::kFetchImport);
}

Result<void> JobWork::import_records(JobRun& run) {
  if (auto done = ImportStage(run).run(); !done) return done;
  if (auto done = remove_vanished(run); !done) return done;
  // Before the stage advances, so that a job taken up again does not queue what it has done.
  if (options_.rows && !setting_.is_dry) {
    if (auto done = queue_due_files(run); !done) return done;
  }
  return advance(JobStage::kFiles);
}

Result<void> JobWork::advance(JobStage stage) {
  if (auto ours = keeper_.renew(); !ours) return ours;
  job_.stage = stage;
  return save();
}

Result<void> JobWork::save() {
  job_.requests = progress_.usage().requests;
  job_.received_bytes = progress_.usage().bytes;
  return setting_.stores.harvest.save_job(job_);
}

}  // namespace minato::harvest
