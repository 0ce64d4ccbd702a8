#include "cli/harvest/retry.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace minato::cli {

namespace {

using core::HarvestJob;
using core::Result;

constexpr std::int64_t kPage = 500;

Result<std::optional<HarvestJob>> last_finished_job(const core::HarvestSource& source,
                                                    storage::HarvestStore& store) {
  // At most the first one is unfinished.
  auto jobs = store.jobs({source.id, false, 0, 2});
  if (!jobs) return tl::unexpected(jobs.error());
  for (HarvestJob& job : *jobs) {
    if (job.state == core::JobState::kFinished) return std::move(job);
  }
  return std::nullopt;
}

Result<void> forget_records(const std::string& source_id, const HarvestJob& job,
                            storage::HarvestStore& store) {
  const auto failed = store.failed_objects(job.id);
  if (!failed) return tl::unexpected(failed.error());
  std::vector<std::string> remote_ids;
  for (const auto& object : *failed) remote_ids.push_back(object.remote_id);
  auto records = store.records(source_id, remote_ids);
  if (!records) return tl::unexpected(records.error());
  for (storage::HarvestRecord& record : *records) {
    record.content_hash.clear();
    record.remote_modified.clear();
  }
  return store.put_records(*records);
}

Result<void> forget_file(const std::string& resource_id, storage::HarvestStore& store) {
  auto file = store.file(resource_id);
  if (!file) return tl::unexpected(file.error());
  if (!*file || (*file)->state != storage::HarvestFile::State::kFailed) return {};
  (*file)->next_check.reset();
  return store.save_file(**file);
}

Result<void> forget_files(const HarvestJob& job, storage::HarvestStore& store) {
  for (std::int64_t offset = 0;; offset += kPage) {
    const auto faults = store.faults(job.id, offset, kPage);
    if (!faults) return tl::unexpected(faults.error());
    for (const storage::HarvestFault& fault : *faults) {
      if (fault.stage != "file") continue;
      if (auto done = forget_file(fault.record, store); !done) return done;
    }
    if (static_cast<std::int64_t>(faults->size()) < kPage) return {};
  }
}

}  // namespace

Result<void> mark_failed_for_retry(const core::HarvestSource& source,
                                   storage::HarvestStore& store) {
  const auto job = last_finished_job(source, store);
  if (!job) return tl::unexpected(job.error());
  if (!*job) return {};
  if (auto done = forget_records(source.id, **job, store); !done) return done;
  return forget_files(**job, store);
}

}  // namespace minato::cli
