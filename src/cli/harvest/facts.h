// What `minato harvest show` tells of a source, gathered from the stores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"
#include "storage/harvest_store.h"
#include "storage/sqlite/open_storage.h"

namespace minato::cli {

struct KeptField {
  std::string dataset_id;
  std::string pointer;
  std::string owner;
};

// Lists are cut off at some tens of entries; the counts tell how many there are.
struct HarvestFacts {
  core::HarvestSource source;
  std::int64_t records = 0;
  std::vector<core::HarvestJob> jobs;  // newest first
  // Of the newest job that has any.
  std::vector<storage::FaultSummary> gather_faults;
  std::vector<storage::FaultSummary> fault_summary;
  std::vector<storage::HarvestFault> faults;
  std::vector<storage::HarvestRecord> missing;
  std::size_t missing_count = 0;
  std::vector<KeptField> kept;
};

core::Result<HarvestFacts> gather_harvest_facts(const core::HarvestSource& source,
                                                storage::sqlite::Storage& storage);

// The newest job of the source.
core::Result<std::optional<core::HarvestJob>> newest_job(const core::HarvestSource& source,
                                                         storage::HarvestStore& store);

}  // namespace minato::cli
