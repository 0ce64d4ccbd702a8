#include "formats/ckan_harvest_json.h"

#include <map>
#include <optional>
#include <string_view>

#include "core/time.h"
#include "formats/ckan_json.h"

namespace minato::formats {
namespace {

// CKAN's clients print one text: the English one, as its own messages are.
constexpr core::Language kWords = core::Language::kEn;

void write_time(JsonWriter& json, std::string_view key,
                const std::optional<core::Timestamp>& time) {
  json.field_or_null(key, time ? core::to_ckan_time(*time) : std::string());
}

std::string_view status_name(core::JobState state) {
  switch (state) {
    case core::JobState::kQueued:
      return "New";
    case core::JobState::kRunning:
      return "Running";
    case core::JobState::kFinished:
      return "Finished";
  }
  return "Finished";
}

// As ckanext-harvest and ckanext-dcat name their harvesters; the others are ours alone.
std::string_view source_type(core::SourceKind kind) {
  return kind == core::SourceKind::kDcat ? "dcat_rdf" : core::source_kind_name(kind);
}

bool is_active(const core::HarvestSource& source) {
  return source.state == core::SourceState::kActive;
}

void write_summary(JsonWriter& json, std::string_view key,
                   const std::vector<core::FaultCount>& summary) {
  json.key(key).begin_array();
  for (const core::FaultCount& one : summary) {
    json.begin_object().field("message", one.message.in(kWords));
    json.key("error_count").integer(one.count).end_object();
  }
  json.end_array();
}

std::string line_of(const core::FaultStatus& fault) {
  const std::string& message = fault.message.in(kWords);
  return fault.url.empty() ? message : message + " (" + fault.url + ")";
}

// "Fetch", "Import", "File": CKAN's stages begin with a capital.
std::string stage_name(std::string stage) {
  if (!stage.empty() && stage[0] >= 'a' && stage[0] <= 'z') {
    stage[0] = static_cast<char>(stage[0] - 'a' + 'A');
  }
  return stage;
}

void write_errors(JsonWriter& json, const std::vector<const core::FaultStatus*>& faults) {
  json.begin_array();
  for (const core::FaultStatus* fault : faults) {
    json.begin_object().field("message", line_of(*fault)).key("line").null();
    json.field("type", stage_name(fault->stage)).end_object();
  }
  json.end_array();
}

void write_status_member(JsonWriter& json, const core::SourceStatus& status,
                         const core::FaultSummaries& faults) {
  json.key("status");
  write_ckan_harvest_status(json, status, faults);
}

}  // namespace

void write_ckan_harvest_source(JsonWriter& json, const core::SourceStatus& status,
                               const core::Group* organization,
                               const core::FaultSummaries& last_job_faults) {
  const core::HarvestSource& source = status.source;
  json.begin_object();
  json.field("id", source.id).field("name", source.name).field("title", source.title);
  json.field("type", "harvest").field("state", "active").field("url", source.url);
  json.field("notes", source.notice).field("source_type", source_type(source.kind));
  json.field("frequency", status.period).field("config", "");
  json.key("active").boolean(is_active(source)).key("private").boolean(false);
  json.field("metadata_created", core::to_ckan_time(source.created));
  json.field("metadata_modified", core::to_ckan_time(source.modified));
  json.field_or_null("owner_org", status.organization_id);
  json.key("organization");
  if (organization == nullptr) {
    json.null();
  } else {
    write_ckan_group(json, *organization,
                     {.package_count = {},
                      .include_extras = false,
                      .include_groups = false,
                      .include_users = false,
                      .include_followers = false},
                     {});
  }
  json.key("num_resources").integer(0).key("num_tags").integer(0);
  for (const std::string_view list : {"resources", "tags", "groups", "extras"}) {
    json.key(list).begin_array().end_array();
  }
  write_time(json, "next_run", source.next_run);
  write_status_member(json, status, last_job_faults);
  json.end_object();
}

void write_ckan_harvest_row(JsonWriter& json, const core::SourceStatus& status,
                            const core::FaultSummaries& last_job_faults) {
  const core::HarvestSource& source = status.source;
  json.begin_object();
  json.field("id", source.id).field("name", source.name).field("url", source.url);
  json.field("title", source.title).field("description", source.notice).field("config", "");
  json.field("created", core::to_ckan_time(source.created));
  json.field("type", source_type(source.kind)).key("active").boolean(is_active(source));
  json.field("user_id", "").field("publisher_id", status.organization_id);
  json.field("publisher_title", status.organization_title).field("frequency", status.period);
  write_time(json, "next_run", source.next_run);
  write_status_member(json, status, last_job_faults);
  json.end_object();
}

void write_ckan_harvest_status(JsonWriter& json, const core::SourceStatus& status,
                               const core::FaultSummaries& last_job_faults) {
  json.begin_object().key("job_count").integer(status.jobs).key("last_job");
  if (status.last_job) {
    write_ckan_harvest_job(json, status.last_job->job, last_job_faults);
  } else {
    json.null();
  }
  json.key("total_datasets").integer(status.records).end_object();
}

void write_ckan_harvest_job(JsonWriter& json, const core::HarvestJob& job,
                            const core::FaultSummaries& faults) {
  json.begin_object().field("id", job.id).field("created", core::to_ckan_time(job.created));
  write_time(json, "gather_started", job.gather_started);
  write_time(json, "gather_finished", job.gather_finished);
  write_time(json, "finished", job.finished);
  json.field("source_id", job.source_id).field("status", status_name(job.state));
  json.key("stats").begin_object();
  json.key("added").integer(job.counts.added).key("updated").integer(job.counts.updated);
  json.key("not modified").integer(job.counts.not_modified);
  json.key("errored").integer(job.counts.errored).key("deleted").integer(job.counts.deleted);
  json.end_object();
  write_summary(json, "object_error_summary", faults.records);
  write_summary(json, "gather_error_summary", faults.gather);
  json.end_object();
}

void write_ckan_harvest_report(JsonWriter& json, const std::vector<core::FaultStatus>& faults) {
  // Files have no object: they stand under the id of their resource.
  std::map<std::string, std::vector<const core::FaultStatus*>> objects;
  json.begin_object().key("gather_errors").begin_array();
  for (const core::FaultStatus& fault : faults) {
    if (fault.stage != "gather") {
      objects[fault.object_id.empty() ? fault.record : fault.object_id].push_back(&fault);
      continue;
    }
    json.begin_object().field("message", line_of(fault)).end_object();
  }
  json.end_array().key("object_errors").begin_object();
  for (const auto& [id, errors] : objects) {
    json.key(id).begin_object().field("guid", errors.front()->record);
    if (!errors.front()->url.empty()) json.field("original_url", errors.front()->url);
    json.key("errors");
    write_errors(json, errors);
    json.end_object();
  }
  json.end_object().end_object();
}

void write_ckan_harvest_object(JsonWriter& json, const core::ObjectStatus& object,
                               const std::vector<core::FaultStatus>& faults) {
  std::vector<const core::FaultStatus*> own;
  for (const core::FaultStatus& fault : faults) {
    if (fault.object_id == object.id) own.push_back(&fault);
  }
  json.begin_object().field("id", object.id).field("guid", object.remote_id);
  json.key("current").boolean(object.current);
  json.field("gathered", core::to_ckan_time(object.gathered));
  write_time(json, "fetch_started", object.fetched);
  json.field_or_null("content", object.content);
  write_time(json, "fetch_finished", object.fetched);
  write_time(json, "import_started", object.imported);
  write_time(json, "import_finished", object.imported);
  json.field("state", object.state);
  json.field_or_null("metadata_modified_date", object.remote_modified);
  json.key("retry_times").integer(object.attempts);
  json.field("harvest_job_id", object.job_id).field("harvest_source_id", object.source_id);
  json.field_or_null("package_id", object.dataset_id);
  json.field_or_null("report_status", core::record_report_name(object.report));
  json.key("errors");
  write_errors(json, own);
  json.key("extras").begin_object().end_object().end_object();
}

}  // namespace minato::formats
