#include "web/site/harvest_view.h"

#include <algorithm>
#include <array>
#include <utility>

#include "http/url.h"
#include "web/catalogue/words_language.h"
#include "web/frame/ago.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

using core::JobOutcome;
using core::JobState;
using core::SourceKind;
using core::SourceState;

constexpr std::int64_t kDayUs = std::int64_t{24} * 3600 * 1'000'000;

struct HealthNames {
  HarvestHealth health;
  const char* name;
  const char* text;
};

constexpr std::array<HealthNames, 5> kHealths = {
    {{HarvestHealth::kGood, "good", "harvest_good"},
     {HarvestHealth::kLate, "late", "harvest_late"},
     {HarvestHealth::kStopped, "stopped", "harvest_stopped"},
     {HarvestHealth::kUnset, "unset", "harvest_unset"},
     {HarvestHealth::kNew, "new", "harvest_new"}}};

const HealthNames& names_of(HarvestHealth health) {
  for (const HealthNames& names : kHealths) {
    if (names.health == health) return names;
  }
  return kHealths.front();
}

bool is_overdue(const core::HarvestSource& source, core::Timestamp now) {
  return source.next_run && source.next_run->us + kDayUs < now.us;
}

std::string reason_of(const core::SourceStatus& status, const Visit& visit) {
  const core::HarvestSource& source = status.source;
  const Texts& texts = visit.texts;
  switch (source.state) {
    case SourceState::kFrozen:
    case SourceState::kDisabled:
      return source.notice;
    case SourceState::kPaused:
      return texts["harvest_paused_reason"];
    case SourceState::kActive:
      break;
  }
  if (source.deletions_held) return texts["harvest_held_reason"];
  if (source.failures > 0) {
    return texts.with("harvest_failures_reason", {{"count", display_count(source.failures)}});
  }
  if (is_overdue(source, visit.catalog.now())) {
    return texts.with("harvest_overdue_reason",
                      {{"time", moment_words(*source.next_run, visit.language)}});
  }
  return "";
}

}  // namespace

std::string health_name(HarvestHealth health) { return names_of(health).name; }

std::optional<HarvestHealth> find_health(std::string_view name) {
  for (const HealthNames& names : kHealths) {
    if (names.name == name) return names.health;
  }
  return std::nullopt;
}

const std::string& health_word(HarvestHealth health, const Texts& texts) {
  return texts[names_of(health).text];
}

HarvestHealth health_of(const core::SourceStatus& status, core::Timestamp now) {
  const core::HarvestSource& source = status.source;
  switch (source.state) {
    case SourceState::kDisabled:
      return HarvestHealth::kUnset;
    case SourceState::kPaused:
    case SourceState::kFrozen:
      return HarvestHealth::kStopped;
    case SourceState::kActive:
      break;
  }
  if (source.failures > 0 || source.deletions_held || is_overdue(source, now)) {
    return HarvestHealth::kLate;
  }
  const bool seen = status.last_confirmed || source.last_success;
  return seen ? HarvestHealth::kGood : HarvestHealth::kNew;
}

bool matters_more(const core::SourceStatus& one, const core::SourceStatus& other,
                  core::Timestamp now) {
  static constexpr std::array<HarvestHealth, 5> kOrder = {
      HarvestHealth::kLate, HarvestHealth::kGood, HarvestHealth::kNew, HarvestHealth::kStopped,
      HarvestHealth::kUnset};
  const auto place = [now](const core::SourceStatus& status) {
    return std::find(kOrder.begin(), kOrder.end(), health_of(status, now));
  };
  return place(one) < place(other);
}

void put_health(View& view, const core::SourceStatus& status, const Visit& visit) {
  const HarvestHealth health = health_of(status, visit.catalog.now());
  put(view, "state", health_word(health, visit.texts));
  put(view, "state_name", health_name(health));
  put_words(view, "reason", reason_of(status, visit), visit.language);
}

const std::string& source_kind_words(SourceKind kind, const Texts& texts) {
  switch (kind) {
    case SourceKind::kCkan:
      return texts["harvest_kind_ckan"];
    case SourceKind::kDcat:
      return texts["harvest_kind_dcat"];
    case SourceKind::kList:
      return texts["harvest_kind_list"];
    case SourceKind::kPage:
      return texts["harvest_kind_page"];
    case SourceKind::kFile:
      break;
  }
  return texts["harvest_kind_file"];
}

const std::string& period_words(const std::string& period, const Texts& texts) {
  if (period == "ALWAYS") return texts["harvest_period_hours"];
  if (period == "DAILY") return texts["harvest_period_daily"];
  if (period == "WEEKLY") return texts["harvest_period_weekly"];
  if (period == "BIWEEKLY") return texts["harvest_period_biweekly"];
  if (period == "MONTHLY") return texts["harvest_period_monthly"];
  return texts["harvest_period_manual"];
}

const std::string& job_result_word(const core::HarvestJob& job, const Texts& texts) {
  if (job.state == JobState::kQueued) return texts["harvest_job_queued"];
  if (job.state == JobState::kRunning) return texts["harvest_job_running"];
  switch (job.outcome) {
    case JobOutcome::kSucceeded:
      return texts[job.counts.errored > 0 ? "harvest_job_partly" : "harvest_job_succeeded"];
    case JobOutcome::kAborted:
      return texts["harvest_job_aborted"];
    case JobOutcome::kNone:
    case JobOutcome::kFailed:
      break;
  }
  return texts["harvest_job_failed"];
}

std::string job_changes(const core::HarvestJob& job, const Visit& visit) {
  const core::JobCounts& counts = job.counts;
  const std::array<std::pair<const char*, std::int64_t>, 6> parts = {
      {{"harvest_added", counts.added},
       {"harvest_updated", counts.updated},
       {"harvest_unchanged", counts.not_modified},
       {"harvest_deleted", counts.deleted},
       {"harvest_errored", counts.errored},
       {"harvest_missing", counts.missing}}};
  std::string line;
  for (const auto& [text, count] : parts) {
    if (count == 0) continue;
    if (!line.empty()) line += visit.language == core::Language::kJa ? "、" : ", ";
    line += visit.texts.with(text, {{"count", display_count(count)}});
  }
  return line;
}

std::optional<core::Timestamp> next_run_of(const core::HarvestSource& source) {
  return source.state == SourceState::kActive ? source.next_run : std::nullopt;
}

std::string harvest_path(const core::HarvestSource& source) {
  return "/harvest/" + http::percent_encode(source.name);
}

}  // namespace minato::web
