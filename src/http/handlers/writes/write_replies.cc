#include "http/handlers/writes/write_replies.h"

#include <optional>
#include <utility>

#include "core/time.h"
#include "http/handlers/api_v1/replies.h"
#include "http/url.h"

namespace minato::http::writes {
namespace {

using formats::JsonWriter;
using storage::ImportJob;
using storage::Upload;

void write_time_or_null(JsonWriter& json, std::string_view key,
                        const std::optional<core::Timestamp>& time) {
  json.field_or_null(key, time ? core::to_rfc3339(*time) : std::string());
}

void write_fault(JsonWriter& json, const ImportJob& job, core::Language language) {
  json.key("error");
  if (job.error_id.empty()) {
    json.null();
    return;
  }
  json.begin_object().field("code", job.error_id);
  json.field_or_null("message", job.message.in(language));
  json.field_or_null("hint", job.hint.in(language)).end_object();
}

void write_links(JsonWriter& json, const ImportJob& job, const std::string& site_url) {
  const std::string self = job_url(site_url, job.id);
  const bool is_held = job.state == ImportJob::State::kHeld;
  const bool is_open = is_held || job.state == ImportJob::State::kWaiting;
  json.key("links").begin_object().field("self", self);
  json.field_or_null("confirm", is_held ? self + "/confirm" : std::string());
  json.field_or_null("cancel", is_open ? self + "/cancel" : std::string());
  json.field("dataset", site_url + "/api/v1/datasets/" + percent_encode(job.dataset_id));
  json.field("table", site_url + "/api/v1/tables/" + percent_encode(job.resource_id));
  json.end_object();
}

}  // namespace

Response data_reply(int status, std::string_view data, const std::string& self,
                    const std::vector<std::string>& jobs) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("data").raw(data);
  json.key("meta").begin_object();
  if (!jobs.empty()) {
    json.key("jobs").begin_array();
    for (const std::string& job : jobs) json.string(job);
    json.end_array();
  }
  json.end_object().key("links").begin_object().field("self", self).end_object().end_object();
  Response response = api_v1::json_response(std::move(body));
  response.status = status;
  return response;
}

Response empty_reply() {
  Response response;
  response.status = 204;
  return response;
}

std::string job_url(const std::string& site_url, std::string_view id) {
  return site_url + "/api/v1/jobs/" + percent_encode(id);
}

std::string upload_url(const std::string& site_url, std::string_view id) {
  return site_url + "/api/v1/uploads/" + percent_encode(id);
}

std::string_view state_name(ImportJob::State state) {
  switch (state) {
    case ImportJob::State::kWaiting:
      return "waiting";
    case ImportJob::State::kRunning:
      return "running";
    case ImportJob::State::kHeld:
      return "held";
    case ImportJob::State::kDone:
      return "done";
    case ImportJob::State::kFailed:
      return "failed";
    case ImportJob::State::kCancelled:
      break;
  }
  return "cancelled";
}

std::string_view state_name(Upload::State state) {
  return state == Upload::State::kOpen ? "open" : "complete";
}

void write_job(JsonWriter& json, const ImportJob& job, const std::string& site_url,
               core::Language language) {
  json.begin_object().field("id", job.id).field("state", state_name(job.state));
  json.field("dataset_id", job.dataset_id).field("resource_id", job.resource_id);
  json.key("file").begin_object().field("name", job.file_name);
  json.key("bytes").integer(job.bytes);
  json.field("sha256", job.blob).field_or_null("media_type", job.media_type).end_object();
  json.key("review").boolean(job.review);
  json.key("confirmed").boolean(job.confirmed).key("attempts").integer(job.attempts);
  json.field("created", core::to_rfc3339(job.created));
  write_time_or_null(json, "started", job.started);
  write_time_or_null(json, "ended", job.ended);
  json.key("report");
  if (job.report.empty()) {
    json.null();
  } else {
    json.raw(job.report);
  }
  write_fault(json, job, language);
  write_links(json, job, site_url);
  json.end_object();
}

void write_upload(JsonWriter& json, const Upload& upload, const std::string& site_url) {
  const std::string self = upload_url(site_url, upload.id);
  const bool is_open = upload.state == Upload::State::kOpen;
  json.begin_object().field("id", upload.id).field("file_name", upload.file_name);
  json.field_or_null("media_type", upload.media_type).key("size").integer(upload.size);
  json.field_or_null("sha256", is_open ? upload.sha256 : upload.blob);
  json.key("received").integer(upload.received).field("state", state_name(upload.state));
  json.field("created", core::to_rfc3339(upload.created));
  json.field("expires", core::to_rfc3339(upload.expires));
  json.key("links").begin_object().field("self", self);
  json.field_or_null("complete", is_open ? self + "/complete" : std::string());
  json.end_object().end_object();
}

}  // namespace minato::http::writes
