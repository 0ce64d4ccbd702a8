// Remote files as rows. Every call may throw SQLite::Exception and belongs into a transaction.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "storage/harvest_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::harvest {

core::Result<void> queue_files(Connection& connection, std::string_view job_id,
                               const std::vector<HarvestFile>& files, core::Timestamp now);
core::Result<void> queue_due_files(Connection& connection, std::string_view job_id,
                                   std::string_view source_id, core::Timestamp now);
std::vector<HarvestFile> waiting_files(Connection& connection, std::string_view job_id,
                                       std::int64_t limit);
void save_file(Connection& connection, const HarvestFile& file);
std::optional<HarvestFile> find_file(Connection& connection, std::string_view resource_id);
std::vector<HarvestFile> files_of_dataset(Connection& connection, std::string_view dataset_id);

}  // namespace minato::storage::sqlite::harvest
