// The state of harvesting as /api/v1/harvest shows it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/harvest_status.h"
#include "formats/json.h"

namespace minato::formats {

struct HarvestContext {
  std::string site_url;  // no slash at the end
  core::Language language = core::Language::kJa;
};

void write_harvest_source(JsonWriter& json, const core::SourceStatus& status,
                          const HarvestContext& context);
void write_harvest_job(JsonWriter& json, const core::JobStatus& status,
                       const HarvestContext& context);

struct JobFaultPage {
  const core::FaultSummaries* summaries;         // never null
  const std::vector<core::FaultStatus>* faults;  // ditto
  std::int64_t offset = 0;
  std::string next;  // URL of the job with its next faults; empty: these are the last
};
// The job with what went wrong in it.
void write_harvest_job(JsonWriter& json, const core::JobStatus& status, const JobFaultPage& page,
                       const HarvestContext& context);

// The member "provenance" of a dataset.
void write_provenance(JsonWriter& json, const core::Provenance& provenance);

}  // namespace minato::formats
