#include "service/harvest/status.h"

#include <map>
#include <utility>

#include "auth/permissions.h"
#include "service/harvest/sources.h"

namespace minato::service {
namespace {

using core::ErrorCode;
using core::HarvestJob;
using core::HarvestSource;
using core::Result;
using storage::HarvestObject;

constexpr std::chrono::seconds kReadTimeout{5};
constexpr std::int64_t kPage = 200;  // jobs looked at together

tl::unexpected<core::Error> source_not_found() {
  return core::fail(ErrorCode::kNotFound, "harvest-source-not-found",
                    {"その収集元はありません。", "There is no such harvest source."},
                    {"名前は /api/v1/harvest/sources で確かめてください。",
                     "/api/v1/harvest/sources lists the names."});
}

tl::unexpected<core::Error> job_not_found() {
  return core::fail(
      ErrorCode::kNotFound, "harvest-job-not-found",
      {"その収集ジョブはありません。古いものは消えます。",
       "There is no such harvest job. Old ones are dropped."},
      {"今あるジョブは /api/v1/harvest/jobs で見られます。", "/api/v1/harvest/jobs lists them."});
}

tl::unexpected<core::Error> object_not_found() {
  return core::fail(ErrorCode::kNotFound, "harvest-object-not-found",
                    {"その収集記録はありません。古いものはジョブと一緒に消えます。",
                     "There is no such harvest object. Old ones are dropped with their jobs."},
                    {"データセットの今の記録は、その harvest_object_id で見られます。",
                     "The extra harvest_object_id of a dataset names its present one."});
}

core::JobStatus shown(HarvestJob job, std::string source_name) {
  job.lease_owner.clear();
  return {std::move(job), std::move(source_name)};
}

std::string_view ckan_state(HarvestObject::State state) {
  switch (state) {
    case HarvestObject::State::kWaiting:
      return "WAITING";
    case HarvestObject::State::kFetched:
      return "IMPORT";
    case HarvestObject::State::kComplete:
      return "COMPLETE";
    case HarvestObject::State::kError:
      return "ERROR";
  }
  return "ERROR";
}

core::FaultStatus shown(storage::HarvestFault fault) {
  return {std::move(fault.stage), std::move(fault.record),   std::move(fault.object_id),
          std::move(fault.url),   std::move(fault.error_id), std::move(fault.message),
          fault.created};
}

// CKAN's frequency that comes nearest to the time between two runs.
std::string_view frequency_of(std::int64_t microseconds) {
  constexpr std::int64_t kHour = 3'600'000'000;
  if (microseconds < 24 * kHour) return "ALWAYS";
  if (microseconds < 7 * 24 * kHour) return "DAILY";
  if (microseconds < 14 * 24 * kHour) return "WEEKLY";
  return microseconds < 28 * 24 * kHour ? "BIWEEKLY" : "MONTHLY";
}

}  // namespace

HarvestStatus::HarvestStatus(storage::HarvestStore& harvest, storage::CatalogStore& catalog,
                             const core::Clock& clock)
    : harvest_(harvest), catalog_(catalog), clock_(clock) {}

Result<std::unique_ptr<storage::CatalogReader>> HarvestStatus::reader() {
  return catalog_.read(std::chrono::steady_clock::now() + kReadTimeout);
}

std::string HarvestStatus::period_of(const HarvestSource& source) {
  if (source.schedule.empty()) return "DAILY";
  const auto schedule = parse_schedule(source.schedule);
  if (!schedule) return "MANUAL";
  const auto first = schedule->next(clock_.now());
  const auto second = first ? schedule->next(*first) : std::nullopt;
  return second ? std::string(frequency_of(second->us - first->us)) : "MANUAL";
}

Result<core::SourceStatus> HarvestStatus::describe(HarvestSource source,
                                                   storage::CatalogReader& reader) {
  core::SourceStatus status;
  const auto organization = reader.group(core::GroupKind::kOrganization, source.organization);
  if (!organization) return tl::unexpected(organization.error());
  if (*organization) {
    status.organization_id = (*organization)->id;
    status.organization_title = (*organization)->title;
  }
  const auto confirmed = reader.source_confirmation(source.id);
  if (!confirmed) return tl::unexpected(confirmed.error());
  if (*confirmed) status.last_confirmed = (*confirmed)->confirmed;
  const auto records = harvest_.count_records(source.id);
  if (!records) return tl::unexpected(records.error());
  const auto count = harvest_.count_jobs(source.id);
  if (!count) return tl::unexpected(count.error());
  auto newest = harvest_.jobs({source.id, false, 0, 1});
  if (!newest) return tl::unexpected(std::move(newest).error());
  if (!newest->empty()) status.last_job = shown(std::move(newest->front()), source.name);
  status.records = *records;
  status.jobs = *count;
  status.period = period_of(source);
  source.options = "{}";
  status.source = std::move(source);
  return status;
}

Result<std::vector<core::SourceStatus>> HarvestStatus::sources() {
  auto all = harvest_.sources();
  if (!all) return tl::unexpected(std::move(all).error());
  const auto view = reader();
  if (!view) return tl::unexpected(view.error());
  std::vector<core::SourceStatus> shown;
  for (HarvestSource& source : *all) {
    auto status = describe(std::move(source), **view);
    if (!status) return tl::unexpected(std::move(status).error());
    shown.push_back(*std::move(status));
  }
  return shown;
}

Result<core::SourceStatus> HarvestStatus::source(std::string_view id_or_name) {
  auto found = harvest_.source(id_or_name);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return source_not_found();
  const auto view = reader();
  if (!view) return tl::unexpected(view.error());
  return describe(**std::move(found), **view);
}

Result<std::string> HarvestStatus::name_of(const std::string& source_id) {
  auto source = harvest_.source(source_id);
  if (!source) return tl::unexpected(std::move(source).error());
  return *source ? (*source)->name : std::string();
}

Result<JobList> HarvestStatus::jobs(const JobListRequest& request) {
  storage::JobQuery query;
  if (!request.source.empty()) {
    const auto source = harvest_.source(request.source);
    if (!source) return tl::unexpected(source.error());
    if (!*source) return source_not_found();
    query.source_id = (*source)->id;
  }
  auto chosen = choose_jobs(request, query);
  if (!chosen) return tl::unexpected(std::move(chosen).error());
  std::map<std::string, std::string> names;
  JobList list;
  list.count = chosen->count;
  for (HarvestJob& job : chosen->jobs) {
    const auto [known, is_new] = names.try_emplace(job.source_id);
    if (is_new) {
      auto name = name_of(job.source_id);
      if (!name) return tl::unexpected(std::move(name).error());
      known->second = *std::move(name);
    }
    list.jobs.push_back(shown(std::move(job), known->second));
  }
  return list;
}

Result<HarvestStatus::ChosenJobs> HarvestStatus::choose_jobs(const JobListRequest& request,
                                                             storage::JobQuery query) {
  const auto total = harvest_.count_jobs(query.source_id);
  if (!total) return tl::unexpected(total.error());
  if (!request.state) {
    query.offset = request.offset;
    query.limit = request.limit;
    auto jobs = harvest_.jobs(query);
    if (!jobs) return tl::unexpected(std::move(jobs).error());
    return ChosenJobs{*std::move(jobs), *total};
  }
  // At most one per source.
  query.unfinished_only = true;
  query.limit = *total;
  auto unfinished = harvest_.jobs(query);
  if (!unfinished) return tl::unexpected(std::move(unfinished).error());
  if (*request.state == core::JobState::kFinished) {
    const auto open = static_cast<std::int64_t>(unfinished->size());
    auto jobs = finished_jobs(request, query.source_id);
    if (!jobs) return tl::unexpected(std::move(jobs).error());
    return ChosenJobs{*std::move(jobs), *total - open};
  }
  ChosenJobs chosen;
  for (HarvestJob& job : *unfinished) {
    if (job.state != *request.state) continue;
    const std::int64_t place = chosen.count++;
    if (place >= request.offset && place - request.offset < request.limit) {
      chosen.jobs.push_back(std::move(job));
    }
  }
  return chosen;
}

Result<std::vector<HarvestJob>> HarvestStatus::finished_jobs(const JobListRequest& request,
                                                             const std::string& source_id) {
  std::vector<HarvestJob> jobs;
  std::int64_t skipped = 0;
  for (storage::JobQuery query{source_id, false, 0, kPage};; query.offset += kPage) {
    auto page = harvest_.jobs(query);
    if (!page) return page;
    for (HarvestJob& job : *page) {
      if (job.state != core::JobState::kFinished || skipped++ < request.offset) continue;
      if (static_cast<std::int64_t>(jobs.size()) >= request.limit) return jobs;
      jobs.push_back(std::move(job));
    }
    if (page->size() < static_cast<std::size_t>(kPage)) return jobs;
  }
}

Result<core::JobStatus> HarvestStatus::job(std::string_view id) {
  auto found = harvest_.job(id);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return job_not_found();
  auto name = name_of((*found)->source_id);
  if (!name) return tl::unexpected(std::move(name).error());
  return shown(**std::move(found), *std::move(name));
}

Result<std::vector<core::FaultStatus>> HarvestStatus::faults(std::string_view job_id,
                                                             std::int64_t offset,
                                                             std::int64_t limit) {
  auto found = harvest_.faults(job_id, offset, limit);
  if (!found) return tl::unexpected(std::move(found).error());
  std::vector<core::FaultStatus> faults;
  for (storage::HarvestFault& fault : *found) faults.push_back(shown(std::move(fault)));
  return faults;
}

Result<core::FaultSummaries> HarvestStatus::fault_summaries(std::string_view job_id,
                                                            std::int64_t limit) {
  core::FaultSummaries summaries;
  for (const bool gather : {true, false}) {
    auto found = harvest_.fault_summary(job_id, gather, limit);
    if (!found) return tl::unexpected(std::move(found).error());
    for (storage::FaultSummary& one : *found) {
      (gather ? summaries.gather : summaries.records)
          .push_back({std::move(one.message), one.count});
    }
  }
  return summaries;
}

// One without a dataset (not imported, or failed) holds what its source shows to everybody.
Result<bool> HarvestStatus::may_see(const HarvestObject& object, const core::Caller& caller) {
  if (object.dataset_id.empty()) return true;
  const auto view = reader();
  if (!view) return tl::unexpected(view.error());
  const auto dataset = (*view)->dataset(object.dataset_id);
  if (!dataset) return tl::unexpected(dataset.error());
  return !*dataset || auth::may_read(**dataset, caller);
}

Result<core::ObjectStatus> HarvestStatus::object(std::string_view id, const core::Caller& caller) {
  auto found = harvest_.object(id);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return object_not_found();
  const auto visible = may_see(**found, caller);
  if (!visible) return tl::unexpected(visible.error());
  if (!*visible) return object_not_found();
  HarvestObject& object = **found;
  const auto record = harvest_.record(object.source_id, object.remote_id);
  if (!record) return tl::unexpected(record.error());
  core::ObjectStatus status;
  status.current = *record && (*record)->object_id == object.id && !(*record)->deleted;
  status.id = std::move(object.id);
  status.remote_id = std::move(object.remote_id);
  status.url = std::move(object.url);
  status.source_id = std::move(object.source_id);
  status.job_id = std::move(object.job_id);
  status.dataset_id = std::move(object.dataset_id);
  status.remote_modified = std::move(object.remote_modified);
  status.content = std::move(object.content);
  status.state = ckan_state(object.state);
  status.report = object.report;
  status.attempts = object.attempts;
  status.gathered = object.gathered;
  status.fetched = object.fetched;
  status.imported = object.imported;
  return status;
}

Result<core::ObjectStatus> HarvestStatus::object_of_dataset(std::string_view dataset_id,
                                                            const core::Caller& caller) {
  const auto records = harvest_.records_of_dataset(dataset_id);
  if (!records) return tl::unexpected(records.error());
  for (const storage::HarvestRecord& record : *records) {
    if (!record.object_id.empty() && !record.deleted) return object(record.object_id, caller);
  }
  return object_not_found();
}

}  // namespace minato::service
