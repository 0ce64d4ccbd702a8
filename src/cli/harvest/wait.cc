#include "cli/harvest/wait.h"

#include <chrono>
#include <thread>

namespace minato::cli {

namespace {

using core::HarvestJob;
using core::Result;
using harvest::RunResult;

constexpr std::chrono::milliseconds kLook{200};

// Of a job that another process ran: its first fault of the gather stage.
Result<RunResult> result_of(HarvestJob job, storage::HarvestStore& store) {
  RunResult result;
  if (job.outcome == core::JobOutcome::kFailed) {
    const auto why = store.fault_summary(job.id, true, 1);
    if (!why) return tl::unexpected(why.error());
    if (!why->empty()) result.failure.message = why->front().message;
  }
  result.job = std::move(job);
  return result;
}

std::string plain_words(const core::Error& error, core::Language language) {
  std::string words = error.message.in(language);
  for (const core::ErrorDetail& detail : error.details) {
    words += " [" + detail.param + ": " + detail.message.in(language) + "]";
  }
  return words;
}

core::LocalizedText aborted_words() {
  return {"収集は中止されました（操作または制限時間）。",
          "The harvest was aborted, by an operator or by its time limit."};
}

core::LocalizedText failed_words() {
  return {"収集元全体の収集に失敗しました。", "The source failed as a whole."};
}

}  // namespace

Result<RunResult> run_or_wait(const HarvestRequest& request, harvest::Runner& runner,
                              storage::HarvestStore& store) {
  std::string waiting_for;  // the other's job
  for (;;) {
    if (!waiting_for.empty()) {
      auto job = store.job(waiting_for);
      if (!job) return tl::unexpected(job.error());
      const bool is_over = *job && (*job)->state == core::JobState::kFinished;
      if (is_over || (*job && request.stop.load())) return result_of(**std::move(job), store);
    }
    auto result = runner.run(request.source, "manual", request.callbacks, request.stop);
    if (result || result.error().id != "harvest-job-running") return result;
    const auto jobs = store.jobs({request.source.id, true, 0, 1});
    if (!jobs) return tl::unexpected(jobs.error());
    // None: it ended in between, and the next turn harvests anew.
    waiting_for = jobs->empty() ? std::string() : jobs->front().id;
    if (!waiting_for.empty() && request.callbacks.progress) {
      request.callbacks.progress(jobs->front());
    }
    std::this_thread::sleep_for(kLook);
  }
}

formats::HarvestRunLine run_line(const core::HarvestSource& source, const Result<RunResult>& result,
                                 core::Language language) {
  formats::HarvestRunLine line;
  line.source = source.name;
  if (!result) {
    line.status = "failed";
    line.error_id = result.error().id;
    line.error = plain_words(result.error(), language);
    line.cure = result.error().hint.in(language);
    return line;
  }
  const HarvestJob& job = result->job;
  line.counts = job.counts;
  line.seconds = result->seconds;
  line.job_id = job.id;
  line.error_id = result->failure.id;
  line.error = plain_words(result->failure, language);
  line.cure = result->failure.hint.in(language);
  if (job.state != core::JobState::kFinished) {
    line.status = "interrupted";
    return line;
  }
  line.status = core::job_outcome_name(job.outcome);
  if (line.error.empty() && job.outcome == core::JobOutcome::kFailed) {
    line.error = failed_words().in(language);
  }
  if (line.error.empty() && job.outcome == core::JobOutcome::kAborted) {
    line.error = aborted_words().in(language);
  }
  return line;
}

formats::HarvestDifference difference_of(const harvest::RecordNote& note) {
  const service::ImportedRecord& imported = note.imported;
  formats::HarvestDifference difference;
  difference.source = note.source_name;
  difference.remote_id = note.remote_id;
  difference.report = core::record_report_name(imported.report);
  difference.dataset = imported.dataset_name;
  difference.moved_from = imported.moved_from;
  difference.duplicate_of = imported.duplicate_of;
  difference.kept = imported.kept;
  for (const auto& field : imported.differences) {
    difference.fields.push_back({field.pointer, field.before, field.after});
  }
  difference.error_id = imported.error.id;
  difference.error = imported.error.message;
  return difference;
}

}  // namespace minato::cli
