// What an adapter lists, on its way into the store in batches.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "harvest/run/job_run.h"
#include "harvest/sources/source.h"

namespace minato::harvest {

// Not thread-safe. Every error it gives comes from the store, the keeper or a limit.
class ListedRecords final : public GatherSink {
 public:
  explicit ListedRecords(JobRun& run) : run_(run) {}

  core::Result<void> record(GatheredRecord record) override;
  core::Result<bool> unchanged(const std::string& remote_id,
                               const std::string& remote_modified) override;
  core::Result<void> fault(const std::string& record, const std::string& url,
                           const core::Error& error, bool is_listing_whole) override;
  // Writes what is still waiting. REQUIRES: called once, at the end.
  core::Result<void> finish();

  [[nodiscard]] bool is_whole() const { return is_whole_; }

 private:
  core::Result<bool> take_id(const std::string& remote_id, const std::string& url);
  core::Result<void> flush_when_full();
  core::Result<void> flush();

  JobRun& run_;
  std::unordered_set<std::string> ids_;
  std::vector<storage::HarvestObject> objects_;
  std::size_t content_bytes_ = 0;
  std::vector<std::string> seen_;
  std::vector<storage::HarvestFault> faults_;
  std::int64_t fault_count_ = 0;
  bool is_whole_ = true;
};

}  // namespace minato::harvest
