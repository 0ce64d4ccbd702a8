#include "formats/harvest_json.h"

#include <optional>
#include <string_view>

#include "core/time.h"
#include "formats/ckan_json.h"

namespace minato::formats {
namespace {

void write_time(JsonWriter& json, std::string_view key,
                const std::optional<core::Timestamp>& time) {
  json.field_or_null(key, time ? core::to_rfc3339(*time) : std::string());
}

void write_counts(JsonWriter& json, const core::JobCounts& counts) {
  json.key("counts").begin_object();
  json.key("added").integer(counts.added);
  json.key("updated").integer(counts.updated);
  json.key("not_modified").integer(counts.not_modified);
  json.key("deleted").integer(counts.deleted);
  json.key("errored").integer(counts.errored);
  json.key("moved").integer(counts.moved);
  json.key("duplicates").integer(counts.duplicates);
  json.key("missing").integer(counts.missing);
  json.key("files").begin_object();
  json.key("changed").integer(counts.files_changed);
  json.key("unchanged").integer(counts.files_unchanged);
  json.key("failed").integer(counts.files_failed);
  json.key("waiting").integer(counts.files_waiting);
  json.end_object();
  json.key("tables").integer(counts.tables);
  json.end_object();
}

std::string job_link(const core::HarvestJob& job, const HarvestContext& context) {
  return context.site_url + "/api/v1/harvest/jobs/" + percent_encode(job.id);
}

void write_job_members(JsonWriter& json, const core::JobStatus& status,
                       const HarvestContext& context) {
  const core::HarvestJob& job = status.job;
  json.field("id", job.id).field_or_null("source", status.source_name);
  json.field("trigger", job.trigger).field("state", core::job_state_name(job.state));
  json.field("stage", core::job_stage_name(job.stage));
  json.field_or_null("outcome", core::job_outcome_name(job.outcome));
  json.key("complete_listing").boolean(job.complete_listing);
  json.field("created", core::to_rfc3339(job.created));
  write_time(json, "gather_started", job.gather_started);
  write_time(json, "gather_finished", job.gather_finished);
  write_time(json, "finished", job.finished);
  write_time(json, "deadline", job.deadline);
  json.key("attempts").integer(job.attempts);
  json.key("requests").integer(job.requests);
  json.key("received_bytes").integer(job.received_bytes);
  write_counts(json, job.counts);
  json.field("url", job_link(job, context));
}

void write_summary(JsonWriter& json, std::string_view key,
                   const std::vector<core::FaultCount>& summary, core::Language language) {
  json.key(key).begin_array();
  for (const core::FaultCount& one : summary) {
    json.begin_object().field("message", one.message.in(language));
    json.key("count").integer(one.count).end_object();
  }
  json.end_array();
}

void write_organization(JsonWriter& json, const core::SourceStatus& status) {
  json.key("organization").begin_object().field("name", status.source.organization);
  json.field_or_null("title", status.organization_title).end_object();
}

}  // namespace

void write_harvest_source(JsonWriter& json, const core::SourceStatus& status,
                          const HarvestContext& context) {
  const core::HarvestSource& source = status.source;
  const std::string base = context.site_url + "/api/v1/harvest/";
  json.begin_object();
  json.field("id", source.id).field("name", source.name).field("title", source.title);
  json.field("kind", core::source_kind_name(source.kind)).field_or_null("url", source.url);
  write_organization(json, status);
  json.field("state", core::source_state_name(source.state));
  json.field_or_null("notice", source.notice).field_or_null("schedule", source.schedule);
  write_time(json, "next_run", source.next_run);
  write_time(json, "last_success", source.last_success);
  write_time(json, "last_confirmed", status.last_confirmed);
  json.key("records").integer(status.records);
  json.key("failures").integer(source.failures);
  json.key("unchanged_runs").integer(source.unchanged_runs);
  json.key("deletions_held").boolean(source.deletions_held);
  json.field("created", core::to_rfc3339(source.created));
  json.field("modified", core::to_rfc3339(source.modified));
  json.key("last_job");
  if (status.last_job) {
    write_harvest_job(json, *status.last_job, context);
  } else {
    json.null();
  }
  json.key("links").begin_object();
  json.field("self", base + "sources/" + percent_encode(source.name));
  json.field("jobs", base + "jobs?source=" + percent_encode(source.name));
  json.end_object().end_object();
}

void write_harvest_job(JsonWriter& json, const core::JobStatus& status,
                       const HarvestContext& context) {
  json.begin_object();
  write_job_members(json, status, context);
  json.end_object();
}

void write_harvest_job(JsonWriter& json, const core::JobStatus& status, const JobFaultPage& page,
                       const HarvestContext& context) {
  json.begin_object();
  write_job_members(json, status, context);
  json.key("fault_summary").begin_object();
  write_summary(json, "gather", page.summaries->gather, context.language);
  write_summary(json, "records", page.summaries->records, context.language);
  json.end_object();
  json.key("faults").begin_object().key("offset").integer(page.offset);
  json.field_or_null("next", page.next).key("items").begin_array();
  for (const core::FaultStatus& fault : *page.faults) {
    json.begin_object().field("stage", fault.stage);
    json.field_or_null("record", fault.record).field_or_null("url", fault.url);
    json.field("code", fault.error_id).field("message", fault.message.in(context.language));
    json.field("created", core::to_rfc3339(fault.created)).end_object();
  }
  json.end_array().end_object().end_object();
}

void write_provenance(JsonWriter& json, const core::Provenance& provenance) {
  json.begin_object();
  json.field("source", provenance.source).field_or_null("source_title", provenance.source_title);
  json.field_or_null("url", provenance.url).field_or_null("fetched", provenance.fetched);
  json.field_or_null("remote_modified", provenance.remote_modified);
  json.field_or_null("hash", provenance.hash);
  write_time(json, "last_confirmed", provenance.last_confirmed);
  json.key("kept_fields").begin_array();
  for (const std::string& pointer : provenance.kept_fields) json.string(pointer);
  json.end_array().end_object();
}

}  // namespace minato::formats
