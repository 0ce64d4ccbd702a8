// Reading the state of harvesting, for the public.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "core/harvest_status.h"
#include "core/time.h"
#include "storage/catalog_store.h"
#include "storage/harvest_store.h"

namespace minato::service {

struct JobListRequest {
  std::string source;                   // id or name; empty: all
  std::optional<core::JobState> state;  // only these
  std::int64_t offset = 0;
  std::int64_t limit = 100;
};

struct JobList {
  std::vector<core::JobStatus> jobs;  // newest first
  std::int64_t count = 0;             // of all that match
};

// Thread-safe. Fails as the stores fail, with kUnavailable or kDeadline when the catalogue cannot
// answer in time.
class HarvestStatus {
 public:
  // Keeps references: the three must outlive it.
  HarvestStatus(storage::HarvestStore& harvest, storage::CatalogStore& catalog,
                const core::Clock& clock);

  core::Result<std::vector<core::SourceStatus>> sources();  // by name
  // kNotFound "harvest-source-not-found".
  core::Result<core::SourceStatus> source(std::string_view id_or_name);

  // kNotFound "harvest-source-not-found".
  core::Result<JobList> jobs(const JobListRequest& request);
  // kNotFound "harvest-job-not-found".
  core::Result<core::JobStatus> job(std::string_view id);
  core::Result<std::vector<core::FaultStatus>> faults(std::string_view job_id, std::int64_t offset,
                                                      std::int64_t limit);
  core::Result<core::FaultSummaries> fault_summaries(std::string_view job_id, std::int64_t limit);

  // kNotFound "harvest-object-not-found", also for that of a dataset the caller may not see.
  core::Result<core::ObjectStatus> object(std::string_view id, const core::Caller& caller = {});
  // The object that last changed this dataset; kNotFound ditto.
  core::Result<core::ObjectStatus> object_of_dataset(std::string_view dataset_id,
                                                     const core::Caller& caller = {});

 private:
  core::Result<core::SourceStatus> describe(core::HarvestSource source,
                                            storage::CatalogReader& reader);
  struct ChosenJobs {
    std::vector<core::HarvestJob> jobs;
    std::int64_t count = 0;
  };
  core::Result<ChosenJobs> choose_jobs(const JobListRequest& request, storage::JobQuery query);
  core::Result<std::vector<core::HarvestJob>> finished_jobs(const JobListRequest& request,
                                                            const std::string& source_id);
  core::Result<std::string> name_of(const std::string& source_id);
  core::Result<bool> may_see(const storage::HarvestObject& object, const core::Caller& caller);
  std::string period_of(const core::HarvestSource& source);
  core::Result<std::unique_ptr<storage::CatalogReader>> reader();

  storage::HarvestStore& harvest_;
  storage::CatalogStore& catalog_;
  const core::Clock& clock_;
};

}  // namespace minato::service
