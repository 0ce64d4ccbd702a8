// harvest_source_list, harvest_source_show, harvest_source_show_status, harvest_job_list,
// harvest_job_show, harvest_job_report, harvest_object_show and harvesters_info_show: the reading
// actions of ckanext-harvest.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/ckan_harvest_json.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/rendering.h"

namespace minato::http::ckan {
namespace {

constexpr std::int64_t kSummaries = 20;   // as CKAN has it
constexpr std::int64_t kMaxJobs = 1'000;  // in one answer
constexpr std::int64_t kMaxFaults = 10'000;

// Harvesting goes on without a new revision of the catalogue.
service::HarvestStatus& harvest_of(ActionCall& call) {
  call.depends_on_time = true;
  return call.harvest;
}

Checked<core::FaultSummaries> summaries_of(service::HarvestStatus& harvest,
                                           const core::HarvestJob& job) {
  auto found = harvest.fault_summaries(job.id, kSummaries);
  if (!found) return failed(std::move(found).error());
  return *std::move(found);
}

Checked<core::FaultSummaries> last_job_faults(service::HarvestStatus& harvest,
                                              const core::SourceStatus& status) {
  if (!status.last_job) return core::FaultSummaries{};
  return summaries_of(harvest, status.last_job->job);
}

Outcome source_list(ActionCall& call, formats::JsonWriter& json) {
  service::HarvestStatus& harvest = harvest_of(call);
  Checks checks(call.arguments);
  const std::string organization = checks.text("organization_id");
  const bool only_active = checks.boolean("only_active", false);
  if (checks.failed()) return checks.failure();
  const auto sources = harvest.sources();
  if (!sources) return failed(sources.error());
  json.begin_array();
  for (const core::SourceStatus& status : *sources) {
    if (only_active && status.source.state != core::SourceState::kActive) continue;
    if (!organization.empty() && organization != status.organization_id &&
        organization != status.source.organization) {
      continue;
    }
    const auto faults = last_job_faults(harvest, status);
    if (!faults) return tl::unexpected(faults.error());
    formats::write_ckan_harvest_row(json, status, *faults);
  }
  json.end_array();
  return {};
}

Outcome source_show(ActionCall& call, formats::JsonWriter& json) {
  service::HarvestStatus& harvest = harvest_of(call);
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto status = harvest.source(id);
  if (!status) return failed(status.error());
  const auto faults = last_job_faults(harvest, *status);
  if (!faults) return tl::unexpected(faults.error());
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());
  const core::Group* organization =
      shown->directory->find(core::GroupKind::kOrganization, status->organization_id);
  formats::write_ckan_harvest_source(json, *status, organization, *faults);
  return {};
}

Outcome source_show_status(ActionCall& call, formats::JsonWriter& json) {
  service::HarvestStatus& harvest = harvest_of(call);
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto status = harvest.source(id);
  if (!status) return failed(status.error());
  const auto faults = last_job_faults(harvest, *status);
  if (!faults) return tl::unexpected(faults.error());
  formats::write_ckan_harvest_status(json, *status, *faults);
  return {};
}

std::optional<core::JobState> read_state(Checks& checks) {
  const std::string status = checks.text("status");
  if (status == "New") return core::JobState::kQueued;
  if (status == "Running") return core::JobState::kRunning;
  if (status == "Finished") return core::JobState::kFinished;
  if (!status.empty()) checks.fail("status", "Must be one of New, Running, Finished");
  return std::nullopt;
}

Outcome job_list(ActionCall& call, formats::JsonWriter& json) {
  service::HarvestStatus& harvest = harvest_of(call);
  Checks checks(call.arguments);
  service::JobListRequest request;
  request.source = checks.text("source_id");
  request.state = read_state(checks);
  request.offset = checks.natural("offset", 0);
  request.limit = std::min(checks.natural("limit", 100), kMaxJobs);
  if (checks.failed()) return checks.failure();
  const auto list = harvest.jobs(request);
  if (!list) return failed(list.error());
  json.begin_array();
  for (const core::JobStatus& status : list->jobs) {
    const auto faults = summaries_of(harvest, status.job);
    if (!faults) return tl::unexpected(faults.error());
    formats::write_ckan_harvest_job(json, status.job, *faults);
  }
  json.end_array();
  return {};
}

Outcome job_show(ActionCall& call, formats::JsonWriter& json) {
  service::HarvestStatus& harvest = harvest_of(call);
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto status = harvest.job(id);
  if (!status) return failed(status.error());
  const auto faults = summaries_of(harvest, status->job);
  if (!faults) return tl::unexpected(faults.error());
  formats::write_ckan_harvest_job(json, status->job, *faults);
  return {};
}

Outcome job_report(ActionCall& call, formats::JsonWriter& json) {
  service::HarvestStatus& harvest = harvest_of(call);
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto status = harvest.job(id);
  if (!status) return failed(status.error());
  const auto faults = harvest.faults(status->job.id, 0, kMaxFaults);
  if (!faults) return failed(faults.error());
  formats::write_ckan_harvest_report(json, *faults);
  return {};
}

Outcome object_show(ActionCall& call, formats::JsonWriter& json) {
  service::HarvestStatus& harvest = harvest_of(call);
  Checks checks(call.arguments);
  const std::string dataset = checks.text("dataset_id");
  const std::string id = dataset.empty() ? checks.required("id") : checks.text("id");
  if (checks.failed()) return checks.failure();
  const auto object = id.empty() ? harvest.object_of_dataset(dataset, call.caller)
                                 : harvest.object(id, call.caller);
  if (!object) return failed(object.error());
  const auto faults = harvest.faults(object->job_id, 0, kMaxFaults);
  if (!faults) return failed(faults.error());
  formats::write_ckan_harvest_object(json, *object, *faults);
  return {};
}

Outcome info_show(ActionCall&, formats::JsonWriter& json) {
  struct Harvester {
    std::string_view name;
    std::string_view title;
    std::string_view description;
  };
  constexpr std::array<Harvester, 5> kHarvesters{{
      {"ckan", "CKAN", "CKAN portals, by their Action API"},
      {"dcat_rdf", "DCAT", "DCAT catalogues in RDF/XML, Turtle or JSON-LD"},
      {"list", "オープンデータ一覧", "The national table of a publisher's datasets, CSV or Excel"},
      {"page", "Web page", "Pages that link data files"},
      {"file", "File", "One file, or the newest of those a page links"},
  }};
  json.begin_array();
  for (const Harvester& harvester : kHarvesters) {
    json.begin_object().field("name", harvester.name).field("title", harvester.title);
    json.field("description", harvester.description).field("show_config", "False").end_object();
  }
  json.end_array();
  return {};
}

const core::LocalizedText kSourceId{"収集元の ID か名前（必須）",
                                    "id or name of the source (required)"};
const core::LocalizedText kJobId{"ジョブの ID（必須）", "id of the job (required)"};

std::vector<Action> source_rows() {
  return {
      {"harvest_source_list",
       source_list,
       {"データセットの収集元の一覧です。設定（config）は公開しません。",
        "The harvest sources. Their config is not public."},
       {{"organization_id",
         {"この公開団体のものだけ（ID か団体コード）", "only of this organization (id or code)"}},
        {"only_active", {"true なら動いているものだけ", "true: only active ones"}}},
       {"収集元の辞書のリスト。それぞれに status",
        "a list of source dictionaries, each with its status"}},
      {"harvest_source_show",
       source_show,
       {"収集元を、type が harvest のデータセットの形で返します。",
        "A harvest source as a dataset of type \"harvest\"."},
       {{"id", kSourceId}},
       {"収集元の辞書", "the source's dictionary"}},
      {"harvest_source_show_status",
       source_show_status,
       {"収集元の状態を返します。", "The status of a harvest source."},
       {{"id", kSourceId}},
       {"job_count, last_job, total_datasets を持つ辞書",
        "a dictionary of job_count, last_job and total_datasets"}},
  };
}

std::vector<Action> job_rows() {
  return {
      {"harvest_job_list",
       job_list,
       {"収集ジョブの一覧です。新しいものから並びます。", "The harvest jobs, newest first."},
       {{"source_id", {"この収集元のものだけ（ID か名前）", "only of this source (id or name)"}},
        {"status", {"New, Running, Finished のどれか", "one of New, Running, Finished"}},
        {"limit", {"件数。既定は 100、最大 1000", "how many; 100 unless given, at most 1000"}},
        {"offset", {"飛ばす件数", "how many to skip"}}},
       {"ジョブの辞書のリスト", "a list of job dictionaries"}},
      {"harvest_job_show",
       job_show,
       {"収集ジョブと、その件数、エラーの要約を返します。",
        "A harvest job with its counts and a summary of its errors."},
       {{"id", kJobId}},
       {"ジョブの辞書", "the job's dictionary"}},
      {"harvest_job_report",
       job_report,
       {"収集ジョブのエラーをすべて返します。", "All errors of a harvest job."},
       {{"id", kJobId}},
       {"gather_errors と object_errors を持つ辞書",
        "a dictionary of gather_errors and object_errors"}},
      {"harvest_object_show",
       object_show,
       {"収集した 1 件の記録を返します。", "One harvested record."},
       {{"id", {"記録の ID", "id of the object"}},
        {"dataset_id", {"ID の代わりに、データセットの ID", "instead: the id of a dataset"}}},
       {"記録の辞書。古いものはジョブと一緒に消える",
        "the object's dictionary; old ones are dropped with their jobs"}},
      {"harvesters_info_show",
       info_show,
       {"収集できる相手の種類です。", "The kinds of sources that can be harvested."},
       {},
       {"name, title, description の辞書のリスト",
        "a list of dictionaries of name, title and description"}},
  };
}

}  // namespace

std::vector<Action> harvest_actions() {
  std::vector<Action> rows = source_rows();
  for (Action& row : job_rows()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace minato::http::ckan
