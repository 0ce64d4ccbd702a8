// How a job ends: the other half of JobWork.
#include <utility>

#include "harvest/run/faults.h"
#include "harvest/run/job_work.h"
#include "harvest/run/source_log.h"

namespace minato::harvest {

namespace {

using core::JobOutcome;
using core::JobStage;
using core::JobState;
using core::Result;

}  // namespace

Result<RunResult> JobWork::conclude(const Result<void>& done) {
  // What failed may have failed because the job is no longer ours.
  if (!done) (void)keeper_.renew();
  const JobKeeper::End end = keeper_.ended();
  if (end == JobKeeper::End::kLeaseLost) return leave_lost();
  if (done) return finish();
  if (end == JobKeeper::End::kStopped) return leave_unfinished(done.error());
  if (end == JobKeeper::End::kDeadline) return run_out_of_time(done.error());
  return end_as(JobOutcome::kFailed, done.error());
}

// A source of one file has nothing but that file.
Result<void> JobWork::judge_file_source() {
  if (setting_.source.kind != core::SourceKind::kFile || setting_.is_dry) return {};
  auto stored = setting_.stores.harvest.job(job_.id);
  if (!stored) return tl::unexpected(std::move(stored).error());
  if (!*stored) return {};
  const core::JobCounts& counts = (*stored)->counts;
  const bool is_lost =
      counts.files_failed > 0 && counts.files_changed + counts.files_unchanged == 0;
  if (is_lost) job_.outcome = JobOutcome::kFailed;
  return {};
}

Result<RunResult> JobWork::finish() {
  if (job_.outcome == JobOutcome::kNone) {
    if (auto judged = judge_file_source(); !judged) return tl::unexpected(judged.error());
  }
  if (job_.outcome == JobOutcome::kNone) job_.outcome = JobOutcome::kSucceeded;
  if (job_.outcome == JobOutcome::kFailed && failure_.id.empty()) {
    if (auto found = find_failure(); !found) return tl::unexpected(std::move(found).error());
  }
  job_.stage = JobStage::kDone;
  if (auto done = note_end(); !done) return tl::unexpected(std::move(done).error());
  job_.state = JobState::kFinished;
  job_.finished = setting_.stores.clock.now();
  if (auto done = save(); !done) return tl::unexpected(std::move(done).error());
  if (!setting_.is_dry) {
    auto pruned = setting_.stores.harvest.prune_jobs(setting_.source.id, setting_.limits.keep_jobs);
    if (!pruned) return tl::unexpected(std::move(pruned).error());
  }
  return result();
}

Result<RunResult> JobWork::leave_unfinished(const core::Error& why) {
  failure_ = why;
  auto saved = save();
  keeper_.give_up();
  if (!saved) return tl::unexpected(std::move(saved).error());
  return result();
}

// Another process has it, or an operator aborted it: nothing of it may be written any more.
Result<RunResult> JobWork::leave_lost() {
  const auto lost = keeper_.check();
  if (!lost) failure_ = lost.error();
  auto ended = result();
  if (ended && ended->job.state == JobState::kFinished) {
    job_ = ended->job;
    if (auto done = note_end(); !done) return tl::unexpected(std::move(done).error());
  }
  return ended;
}

Result<RunResult> JobWork::run_out_of_time(const core::Error& why) {
  if (job_.stage == JobStage::kGather || job_.stage == JobStage::kFetchImport) {
    return end_as(JobOutcome::kAborted, why);
  }
  // The catalogue is up to date; the files that wait are the next job's.
  auto noted = add_fault(setting_.stores.harvest, {job_.id, "file", "", "", ""}, why,
                         setting_.stores.clock.now());
  if (!noted) return tl::unexpected(std::move(noted).error());
  return finish();
}

// Whatever is still in the queue becomes an error; the next job finds it anew.
Result<RunResult> JobWork::end_as(JobOutcome outcome, const core::Error& why) {
  failure_ = why;
  storage::HarvestStore& store = setting_.stores.harvest;
  const core::Timestamp now = setting_.stores.clock.now();
  Result<void> done = add_fault(store, {job_.id, "gather", "", "", setting_.source.url}, why, now);
  job_.outcome = outcome;
  if (done) done = close_open_objects();
  if (done) done = note_end();
  job_.state = JobState::kFinished;
  job_.finished = now;
  if (done) done = save();
  if (!done) return tl::unexpected(std::move(done).error());
  return result();
}

Result<void> JobWork::close_open_objects() {
  using State = storage::HarvestObject::State;
  constexpr std::int64_t kLoad = 20;  // contents are loaded with them
  storage::HarvestStore& store = setting_.stores.harvest;
  for (const State state : {State::kWaiting, State::kFetched}) {
    while (true) {
      auto objects = store.next_objects(job_.id, state, kLoad);
      if (!objects) return tl::unexpected(std::move(objects).error());
      if (objects->empty()) break;
      for (storage::HarvestObject& object : *objects) {
        object.state = State::kError;
        object.report = core::RecordReport::kErrored;
        object.content.clear();
      }
      if (auto saved = store.save_objects(*objects); !saved) return saved;
    }
  }
  return {};
}

// Of a gathering that an earlier owner of the job saw fail, or of the one file.
Result<void> JobWork::find_failure() {
  constexpr std::int64_t kPage = 500;
  for (std::int64_t offset = 0;; offset += kPage) {
    auto faults = setting_.stores.harvest.faults(job_.id, offset, kPage);
    if (!faults) return tl::unexpected(std::move(faults).error());
    for (const storage::HarvestFault& fault : *faults) {
      const bool is_whole = fault.stage == "gather" && fault.record.empty();
      const bool is_only_file =
          fault.stage == "file" && setting_.source.kind == core::SourceKind::kFile;
      if (!is_whole && !is_only_file) continue;
      failure_.code = core::ErrorCode::kUpstream;
      failure_.id = fault.error_id;
      failure_.message = fault.message;
    }
    if (static_cast<std::int64_t>(faults->size()) < kPage) return {};
  }
}

Result<void> JobWork::note_end() {
  if (setting_.is_dry) return {};
  auto stored = setting_.stores.harvest.job(job_.id);
  if (!stored) return tl::unexpected(std::move(stored).error());
  if (*stored) job_.counts = (*stored)->counts;
  return note_finished(setting_.source, job_, setting_.stores, setting_.limits);
}

Result<RunResult> JobWork::result() {
  auto stored = setting_.stores.harvest.job(job_.id);
  if (!stored) return tl::unexpected(std::move(stored).error());
  RunResult told;
  told.job = *stored ? **std::move(stored) : job_;  // its source was removed meanwhile
  told.failure = failure_;
  return told;
}

}  // namespace minato::harvest
