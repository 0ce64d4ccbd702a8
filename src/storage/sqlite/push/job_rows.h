// Import jobs as rows: keeping and listing them. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/push_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::push {

void insert_job(Connection& connection, const ImportJob& job);
std::optional<ImportJob> find_job(Connection& connection, std::string_view id);
// Newest first.
std::vector<ImportJob> list_jobs(Connection& connection, const ImportJobRequest& request);
// Ended ones beyond the newest `keep` of each resource.
void delete_surplus_jobs(Connection& connection, std::int64_t keep);

}  // namespace minato::storage::sqlite::push
