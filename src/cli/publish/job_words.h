// Import jobs for terminals and scripts.
#pragma once

#include <string>
#include <string_view>

#include "cli/publish/commands.h"
#include "core/error.h"
#include "formats/json.h"
#include "storage/push_store.h"

namespace minato::cli {

// "waiting", "held", ...
std::string_view job_state_id(storage::ImportJob::State state);
core::LocalizedText job_state_words(storage::ImportJob::State state);

// { "id", "state", "resource", "dataset", "organization", "user", "file", "bytes", "sha256",
//   "confirmed", "created", "started", "ended", "attempts", "error": {"id","message","hint"},
//   "report": as formats/import_report.h, or null }
void write_job(formats::JsonWriter& json, const storage::ImportJob& job, core::Language language);

// What was found, what changed, and when it is held or failed, why and what to do.
void print_job(const storage::ImportJob& job, const PublishCommand& command);

// What became of a job that is done: published, or in a dataset that is not public. Nothing of
// others.
void print_outcome(const storage::ImportJob& job, const PublishCommand& command);

// 0 done, kHeldStatus held, 1 anything else.
int status_of(const storage::ImportJob& job);

}  // namespace minato::cli
