// The last stage: files behind resources become versions and tables.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/error.h"
#include "harvest/run/job_run.h"
#include "service/harvest/files.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

// Not thread-safe. A file that cannot be had or read keeps its reason (HarvestFile::message, and a
// fault when it is news); the others go on.
class FileStage {
 public:
  explicit FileStage(JobRun& run);

  // Fails as the harvest store fails, or when the job must end (JobKeeper): what is still waiting
  // then waits for the next job.
  core::Result<void> run();

 private:
  // What became of one file: saved and counted together.
  struct Verdict {
    bool changed = false;
    bool failed = false;
    std::int64_t tables = 0;
    std::optional<core::Error> fault;
  };

  core::Result<void> suspect_first();
  core::Result<std::int64_t> room();
  core::Result<void> handle(storage::HarvestFile file);
  core::Result<void> conclude(const storage::HarvestFile& file, const Verdict& verdict);
  core::Result<Verdict> check_file(storage::HarvestFile& file);
  core::Result<FetchReply> fetch(const storage::HarvestFile& file, bool is_held);
  Verdict fail(storage::HarvestFile& file, const core::Error& error);
  Verdict leave_alone(storage::HarvestFile& file, const core::Error& error);
  core::Result<Verdict> stay(storage::HarvestFile& file, const FetchReply& reply);
  core::Result<Verdict> publish(storage::HarvestFile& file, const FetchReply& reply);
  core::Result<Verdict> take_outcome(storage::HarvestFile& file,
                                     const service::FileOutcome& outcome);
  core::Result<std::optional<core::Resource>> find_resource(const storage::HarvestFile& file);

  JobRun& run_;
  const std::string path_;  // where each file lies while it is looked at
  const std::string source_host_;
  const std::int64_t first_check_us_;
  std::map<std::string, std::int64_t> silent_hosts_;  // unanswered requests in a row
};

}  // namespace minato::harvest
