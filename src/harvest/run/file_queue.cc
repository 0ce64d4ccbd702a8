#include "harvest/run/file_queue.h"

#include <utility>

#include "service/harvest/files.h"

namespace minato::harvest {

namespace {

using core::RecordReport;
using core::Result;
using storage::HarvestFile;

constexpr core::Timestamp kWheneverDue{4'102'444'800'000'000};  // 2100-01-01

bool is_link(const core::Resource& resource) {
  return resource.state == core::State::kActive && resource.url_type.empty() &&
         (resource.url.starts_with("http://") || resource.url.starts_with("https://"));
}

void add_files(const JobRun& run, const service::ImportedRecord& imported,
               std::vector<HarvestFile>& files) {
  for (const core::Resource& resource : imported.resources) {
    if (!is_link(resource) || !service::is_tabular_candidate(resource)) continue;
    HarvestFile file;
    file.resource_id = resource.id;
    file.dataset_id = imported.dataset_id;
    file.source_id = run.source.id;
    file.url = resource.url;
    file.job_id = run.job.id;
    files.push_back(std::move(file));
  }
}

}  // namespace

Result<void> queue_imported_files(JobRun& run,
                                  const std::vector<service::ImportedRecord>& imported) {
  if (run.is_dry || !run.options.rows) return {};
  std::vector<HarvestFile> changed;
  std::vector<HarvestFile> unchanged;
  for (const service::ImportedRecord& record : imported) {
    if (record.report == RecordReport::kAdded || record.report == RecordReport::kUpdated) {
      add_files(run, record, changed);
    } else if (record.report == RecordReport::kUnchanged) {
      add_files(run, record, unchanged);
    }
  }
  storage::HarvestStore& store = run.stores.harvest;
  Result<void> done;
  if (!changed.empty()) done = store.queue_files(run.job.id, changed, kWheneverDue);
  if (done && !unchanged.empty()) {
    done = store.queue_files(run.job.id, unchanged, run.stores.clock.now());
  }
  return done;
}

Result<void> queue_due_files(JobRun& run) {
  const bool is_asked_for = run.job.trigger == "manual";
  return run.stores.harvest.queue_due_files(run.job.id, run.source.id,
                                            is_asked_for ? kWheneverDue : run.stores.clock.now());
}

}  // namespace minato::harvest
