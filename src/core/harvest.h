// The vocabulary of harvesting: where datasets are collected from, and what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/time.h"

namespace minato::core {

// How a publisher shows its catalogue.
enum class SourceKind {
  kCkan,  // a CKAN portal's Action API
  kDcat,  // DCAT in RDF/XML, Turtle or JSON-LD
  kList,  // the national table オープンデータ一覧 (推奨データセット 06), CSV or XLSX
  kPage,  // web pages that link files
  kFile,  // one file, or the newest of a pattern
};
std::string_view source_kind_name(SourceKind kind);  // "ckan", "dcat", "list", "page", "file"
std::optional<SourceKind> find_source_kind(std::string_view name);

enum class SourceState {
  kActive,
  kPaused,    // by an operator: no scheduled runs
  kFrozen,    // by an operator, and the public is told why (notice)
  kDisabled,  // cannot be harvested yet (notice says why); activated by giving it a URL and resume
};
std::string_view source_state_name(SourceState state);  // "active", "paused", "frozen", "disabled"

struct HarvestSource {
  std::string id;
  std::string name;  // unique ASCII slug: "141003"
  std::string title;
  SourceKind kind = SourceKind::kCkan;
  std::string url;
  std::string organization;    // 6-digit code
  std::string options = "{}";  // JSON object: formats/remote/source_options.h
  SourceState state = SourceState::kActive;
  std::string notice;    // kFrozen, kDisabled: why, for the public
  std::string schedule;  // "every 24h", a cron expression of 5 fields (JST), "manual"; "": default
  Timestamp created;
  Timestamp modified;
  std::optional<Timestamp> next_run;
  std::optional<Timestamp> last_success;  // when a run last saw the whole listing
  std::int64_t unchanged_runs = 0;        // in a row, without any change: the interval grows
  std::int64_t failures = 0;              // runs in a row that failed as a whole
  bool deletions_held = false;            // too much vanished at once: a person must confirm
  bool operator==(const HarvestSource&) const = default;
};

enum class JobState { kQueued, kRunning, kFinished };
std::string_view job_state_name(JobState state);
enum class JobStage { kGather, kFetchImport, kFiles, kDone };
std::string_view job_stage_name(JobStage stage);
enum class JobOutcome {
  kNone,       // not finished
  kSucceeded,  // the listing was complete; single records may have failed
  kFailed,     // as a whole: see its gather errors
  kAborted,    // by an operator or its deadline
};
std::string_view job_outcome_name(JobOutcome outcome);

// CKAN's report_status, and two of ours.
enum class RecordReport { kNone, kAdded, kUpdated, kUnchanged, kDeleted, kErrored, kDuplicate };
// "", "added", "updated", "not modified", "deleted", "errored", "duplicate"
std::string_view record_report_name(RecordReport report);

struct JobCounts {
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t not_modified = 0;
  std::int64_t deleted = 0;
  std::int64_t errored = 0;  // records, and faults of the gather stage
  std::int64_t moved = 0;    // among updated or not modified: changed id, same landing page
  std::int64_t duplicates = 0;
  std::int64_t missing = 0;  // vanished, still within their grace
  std::int64_t files_changed = 0;
  std::int64_t files_unchanged = 0;
  std::int64_t files_failed = 0;
  std::int64_t files_waiting = 0;
  std::int64_t tables = 0;  // that files_changed gave
  bool operator==(const JobCounts&) const = default;
};

struct HarvestJob {
  std::string id;
  std::string source_id;
  std::string trigger;  // "schedule", "manual"
  JobState state = JobState::kQueued;
  JobStage stage = JobStage::kGather;
  JobOutcome outcome = JobOutcome::kNone;
  bool complete_listing = false;  // gather saw everything: deletions may follow
  Timestamp created;
  std::optional<Timestamp> gather_started;
  std::optional<Timestamp> gather_finished;
  std::optional<Timestamp> finished;
  std::optional<Timestamp> deadline;  // set when it first starts
  std::string lease_owner;            // who works on it: "<host>:<pid>:<start of the process>"
  std::optional<Timestamp> lease_until;
  std::int64_t attempts = 0;  // how often it was taken up
  std::int64_t requests = 0;  // to the source
  std::int64_t received_bytes = 0;
  JobCounts counts;  // as far as it is; derived by the store
};

}  // namespace minato::core
