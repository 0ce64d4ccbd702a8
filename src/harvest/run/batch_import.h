// Records whose content is at hand, brought into the catalogue together.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "harvest/run/job_run.h"
#include "harvest/run/object_results.h"

namespace minato::harvest {

// Not thread-safe.
class BatchImport {
 public:
  BatchImport(JobRun& run, ObjectResults& results);

  // Completes every object, or makes it an error, and saves them. May be repeated after a crash:
  // what was imported is met again, and counted for what it was.
  core::Result<void> run(std::vector<storage::HarvestObject>& objects);

 private:
  using Objects = std::vector<storage::HarvestObject>;

  core::Result<void> complete_unchanged(Objects& objects);
  bool read_one(storage::HarvestObject& object, service::HarvestedDataset& harvested);
  core::Result<void> import_read(Objects& objects, const std::vector<std::size_t>& places,
                                 const std::vector<service::HarvestedDataset>& batch);
  void take_result(storage::HarvestObject& object, const service::ImportedRecord& imported);
  core::Result<void> correct_repetition(const storage::HarvestObject& object,
                                        service::ImportedRecord& imported);

  JobRun& run_;
  ObjectResults& results_;
  const std::string reading_mark_;
};

}  // namespace minato::harvest
