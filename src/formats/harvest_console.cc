#include "formats/harvest_console.h"

#include <cmath>

namespace minato::formats {

namespace {

void write_figures(JsonWriter& json, const core::JobCounts& counts) {
  json.key("added").integer(counts.added);
  json.key("updated").integer(counts.updated);
  json.key("not_modified").integer(counts.not_modified);
  json.key("deleted").integer(counts.deleted);
  json.key("errored").integer(counts.errored);
  json.key("moved").integer(counts.moved);
  json.key("duplicates").integer(counts.duplicates);
  json.key("missing").integer(counts.missing);
  json.key("files_changed").integer(counts.files_changed);
  json.key("files_unchanged").integer(counts.files_unchanged);
  json.key("files_failed").integer(counts.files_failed);
  json.key("tables").integer(counts.tables);
}

}  // namespace

void write_time_or_null(JsonWriter& json, std::string_view key,
                        const std::optional<core::Timestamp>& time) {
  json.field_or_null(key, time ? core::to_rfc3339(*time) : std::string());
}

void write_console_source(JsonWriter& json, const core::HarvestSource& source) {
  json.begin_object().field("id", source.id).field("name", source.name);
  json.field("title", source.title).field("kind", core::source_kind_name(source.kind));
  json.field_or_null("url", source.url).field("organization", source.organization);
  json.field("state", core::source_state_name(source.state));
  json.field_or_null("notice", source.notice).field_or_null("schedule", source.schedule);
  write_time_or_null(json, "next_run", source.next_run);
  write_time_or_null(json, "last_success", source.last_success);
  json.key("unchanged_runs").integer(source.unchanged_runs);
  json.key("failures").integer(source.failures);
  json.key("deletions_held").boolean(source.deletions_held);
  write_time_or_null(json, "created", source.created);
  write_time_or_null(json, "modified", source.modified);
  json.end_object();
}

void write_console_job(JsonWriter& json, const core::HarvestJob& job) {
  json.begin_object().field("id", job.id).field("trigger", job.trigger);
  json.field("state", core::job_state_name(job.state));
  json.field("stage", core::job_stage_name(job.stage));
  json.field_or_null("outcome", core::job_outcome_name(job.outcome));
  json.key("complete_listing").boolean(job.complete_listing);
  write_time_or_null(json, "created", job.created);
  write_time_or_null(json, "started", job.gather_started);
  write_time_or_null(json, "finished", job.finished);
  json.key("requests").integer(job.requests);
  json.key("received_bytes").integer(job.received_bytes);
  write_figures(json, job.counts);
  json.key("files_waiting").integer(job.counts.files_waiting).end_object();
}

std::string public_harvest_options(std::string_view options) {
  auto parsed = parse_json(options);
  if (!parsed || !parsed->IsObject()) return "{}";
  if (auto secret = parsed->FindMember("api_key"); secret != parsed->MemberEnd()) {
    secret->value.SetString("...", parsed->GetAllocator());
  }
  std::string text;
  JsonWriter(text).value(*parsed);
  return text;
}

std::string write_harvest_run_line(const HarvestRunLine& line) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("source", line.source).field("status", line.status);
  write_figures(json, line.counts);
  json.key("seconds").number(std::round(line.seconds * 1000) / 1000);
  json.field_or_null("job", line.job_id);
  json.key("deletions_held").boolean(line.deletions_held);
  if (line.dry_run) json.key("dry_run").boolean(true);
  if (!line.error_id.empty()) json.field("error_id", line.error_id);
  if (!line.error.empty()) json.field("error", line.error);
  if (!line.cure.empty()) json.field("cure", line.cure);
  json.end_object();
  return out;
}

}  // namespace minato::formats
