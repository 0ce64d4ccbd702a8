// Getting hold of a source's job: a new one, or the one that was left unfinished.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/harvest.h"
#include "harvest/run/job_keeper.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

struct ClaimedJob {
  core::HarvestJob job;  // as it is in the store, ours now
  KeptLease lease;
  bool broke_off = false;  // whoever had it before did not give it up: it crashed or hung
};

struct ClaimRequest {
  const core::HarvestSource& source;
  std::string_view trigger;
  std::int64_t lease_s = 60;
};

// kConflict "harvest-job-running" when somebody else is at it.
core::Result<ClaimedJob> claim_source_job(const ClaimRequest& request, storage::HarvestStore& store,
                                          const core::Clock& clock);

// The one that is not finished; there is at most one.
core::Result<std::optional<core::HarvestJob>> unfinished_job(std::string_view source_id,
                                                             storage::HarvestStore& store);

}  // namespace minato::harvest
