// Faults of jobs as rows. Every call may throw SQLite::Exception and belongs into a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "core/error.h"
#include "storage/harvest_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::harvest {

core::Result<void> add_faults(Connection& connection, const std::vector<HarvestFault>& faults);
std::vector<HarvestFault> list_faults(Connection& connection, std::string_view job_id,
                                      std::int64_t offset, std::int64_t limit);
std::vector<FaultSummary> summarize_faults(Connection& connection, std::string_view job_id,
                                           bool gather, std::int64_t limit);

}  // namespace minato::storage::sqlite::harvest
