#include "cli/harvest/words.h"

namespace minato::cli {

core::LocalizedText state_words(core::SourceState state) {
  switch (state) {
    case core::SourceState::kActive:
      return {"有効", "active"};
    case core::SourceState::kPaused:
      return {"停止中", "paused"};
    case core::SourceState::kFrozen:
      return {"凍結", "frozen"};
    case core::SourceState::kDisabled:
      return {"無効", "disabled"};
  }
  return {};
}

core::LocalizedText job_words(const core::HarvestJob& job) {
  if (job.state == core::JobState::kQueued) return {"待機中", "queued"};
  if (job.state == core::JobState::kRunning) {
    switch (job.stage) {
      case core::JobStage::kGather:
        return {"収集中（一覧）", "running (listing)"};
      case core::JobStage::kFetchImport:
        return {"収集中（取り込み）", "running (import)"};
      case core::JobStage::kFiles:
        return {"収集中（ファイル）", "running (files)"};
      case core::JobStage::kDone:
        return {"収集中", "running"};
    }
  }
  switch (job.outcome) {
    case core::JobOutcome::kSucceeded:
      return {"成功", "succeeded"};
    case core::JobOutcome::kAborted:
      return {"中止", "aborted"};
    case core::JobOutcome::kFailed:
    case core::JobOutcome::kNone:
      break;
  }
  return {"失敗", "failed"};
}

std::string short_counts(const core::JobCounts& counts) {
  return "+" + std::to_string(counts.added) + " ~" + std::to_string(counts.updated) + " =" +
         std::to_string(counts.not_modified) + " -" + std::to_string(counts.deleted) + " !" +
         std::to_string(counts.errored);
}

std::string japan_time(const std::optional<core::Timestamp>& time) {
  if (!time) return "-";
  constexpr std::int64_t kJapanUs = 9 * 3600 * std::int64_t{1'000'000};
  std::string text = core::to_rfc3339({time->us + kJapanUs}).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace minato::cli
