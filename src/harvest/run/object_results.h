// What becomes of the rows of a job's queue.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "harvest/run/job_run.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

// Collects faults, so that a batch costs one write for them and one for the objects.
class ObjectResults {
 public:
  explicit ObjectResults(JobRun& run) : run_(run) {}

  // The object is done; nothing more is needed of its content.
  void complete(storage::HarvestObject& object, core::RecordReport report);
  // `stage`: "fetch" or "import".
  void fail(storage::HarvestObject& object, const std::string& stage, const core::Error& error);
  // Faults first: after a crash between the two they are told twice rather than never.
  core::Result<void> save(const std::vector<storage::HarvestObject>& objects);

 private:
  void empty(storage::HarvestObject& object);

  JobRun& run_;
  std::vector<storage::HarvestFault> faults_;
};

}  // namespace minato::harvest
