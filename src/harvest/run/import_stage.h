// The second stage: what is in the queue is fetched, read and brought into the catalogue.
#pragma once

#include <cstdint>
#include <vector>

#include "core/error.h"
#include "harvest/run/batch_import.h"
#include "harvest/run/job_run.h"
#include "harvest/run/object_results.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

// Not thread-safe. A record that cannot be fetched, read or imported becomes an error of the job;
// the others go on. Holds one batch in memory.
class ImportStage {
 public:
  explicit ImportStage(JobRun& run);

  // Fails as the stores fail, when the job must end (JobKeeper), or when the source has stopped
  // answering.
  core::Result<void> run();

 private:
  using Objects = std::vector<storage::HarvestObject>;

  core::Result<void> suspect_first();
  core::Result<Objects> next_batch();
  core::Result<void> fetch_all(Objects& objects);
  core::Result<void> fetch_one(storage::HarvestObject& object);

  JobRun& run_;
  ObjectResults results_;
  BatchImport import_;
  std::int64_t limit_;            // objects to load at once
  std::int64_t unreachable_ = 0;  // fetches in a row that nobody answered
};

}  // namespace minato::harvest
