// Answers of the doors that change something, and the JSON of jobs and uploads. Keys are always
// there; what is not given is null.
//
// Job: { "id", "state": "waiting"|"running"|"held"|"done"|"failed"|"cancelled", "dataset_id",
//   "resource_id", "file": {"name","bytes","sha256","media_type"}, "confirmed", "attempts",
//   "created", "started", "ended", "report": formats/import_report.h | null,
//   "error": {"code","message","hint"} | null,
//   "links": {"self","confirm","cancel": only while they may be called, "dataset","table"} }
// Upload: { "id", "file_name", "media_type", "size", "sha256", "received", "state": "open"|
//   "complete", "created", "expires", "links": {"self","complete"} }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "formats/json.h"
#include "http/message.h"
#include "service/imports/imports.h"

namespace minato::http::writes {

// {"data": ..., "meta": {"jobs": [URL]}, "links": {"self"}}; "meta" is empty without jobs.
Response data_reply(int status, std::string_view data, const std::string& self,
                    const std::vector<std::string>& jobs = {});
Response empty_reply();  // 204

std::string job_url(const std::string& site_url, std::string_view id);
std::string upload_url(const std::string& site_url, std::string_view id);
std::string_view state_name(storage::ImportJob::State state);
std::string_view state_name(storage::Upload::State state);

void write_job(formats::JsonWriter& json, const storage::ImportJob& job,
               const std::string& site_url, core::Language language);
void write_upload(formats::JsonWriter& json, const storage::Upload& upload,
                  const std::string& site_url);

}  // namespace minato::http::writes
