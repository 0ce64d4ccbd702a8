// Harvest sources and jobs as `minato harvest --json` prints them. Keys are always present; what is
// not given is null. Times are RFC 3339 in UTC.
//
// Source: { "id", "name", "title", "kind": "ckan"|"dcat"|"list"|"page"|"file", "url",
//           "organization", "state": "active"|"paused"|"frozen"|"disabled", "notice", "schedule",
//           "next_run", "last_success", "unchanged_runs", "failures", "deletions_held",
//           "created", "modified" }
// Job:    { "id", "trigger", "state": "queued"|"running"|"finished",
//           "stage": "gather"|"import"|"files"|"done",
//           "outcome": "succeeded"|"failed"|"aborted"|null, "complete_listing",
//           "created", "started", "finished", "requests", "received_bytes", Counts,
//           "files_waiting" }
// Counts: "added", "updated", "not_modified", "deleted", "errored", "moved", "duplicates",
//         "missing", "files_changed", "files_unchanged", "files_failed", "tables"
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/harvest.h"
#include "formats/json.h"

namespace minato::formats {

// RFC 3339, or null.
void write_time_or_null(JsonWriter& json, std::string_view key,
                        const std::optional<core::Timestamp>& time);

void write_console_source(JsonWriter& json, const core::HarvestSource& source);
void write_console_job(JsonWriter& json, const core::HarvestJob& job);

// The options without what is secret in them ("api_key": "..."); "{}" when they are no JSON object.
std::string public_harvest_options(std::string_view options);

// What came of one source: one line of `minato harvest run`.
struct HarvestRunLine {
  std::string source;
  std::string status;  // "succeeded", "failed", "aborted", "interrupted"
  core::JobCounts counts;
  double seconds = 0;
  std::string job_id;           // may be empty
  bool deletions_held = false;  // a person must confirm
  bool dry_run = false;
  std::string error_id;
  std::string error;  // in plain words; with "failed" always
  std::string cure;   // what to do about it; may be empty
};
// { "source", "status", Counts, "seconds", "job", "deletions_held", "dry_run": true (only then),
//   "error_id" and "error" (only when given) }
std::string write_harvest_run_line(const HarvestRunLine& line);

}  // namespace minato::formats
