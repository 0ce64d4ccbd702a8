// The queue of a job as rows. Every call may throw SQLite::Exception and belongs into a
// transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "storage/harvest_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::harvest {

core::Result<void> add_objects(Connection& connection, std::string_view job_id,
                               const std::vector<HarvestObject>& objects);
void save_objects(Connection& connection, const std::vector<HarvestObject>& objects);
std::vector<HarvestObject> next_objects(Connection& connection, std::string_view job_id,
                                        HarvestObject::State state, std::int64_t limit);
std::optional<HarvestObject> find_object(Connection& connection, std::string_view id);
std::vector<HarvestObject> list_objects(Connection& connection, std::string_view job_id,
                                        std::int64_t offset, std::int64_t limit);
std::vector<HarvestObject> failed_objects(Connection& connection, std::string_view job_id);

}  // namespace minato::storage::sqlite::harvest
