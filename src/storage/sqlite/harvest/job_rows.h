// Harvest jobs as rows. Every call may throw SQLite::Exception and belongs into a transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"
#include "storage/harvest_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::harvest {

struct JobPlace {
  std::int64_t job_no = 0;
  std::string source_id;
  bool is_finished = false;
};
// Where rows that hang on a job belong; "harvest-job-not-found".
core::Result<JobPlace> find_job_place(Connection& connection, std::string_view job_id);
// Ditto, for those who work on it; "harvest-job-finished".
core::Result<JobPlace> find_open_job(Connection& connection, std::string_view job_id);

std::vector<core::HarvestJob> list_jobs(Connection& connection, const JobQuery& query);
std::optional<core::HarvestJob> find_job(Connection& connection, std::string_view id);
std::int64_t count_jobs(Connection& connection, std::string_view source_id);
core::Result<core::HarvestJob> create_job(Connection& connection, std::string_view source_id,
                                          std::string_view trigger, core::Timestamp now);
bool claim_job(Connection& connection, std::string_view id, const Lease& lease,
               const std::function<bool(const std::string&)>& is_dead);
bool renew_lease(Connection& connection, std::string_view id, const Lease& lease);
core::Result<void> save_job(Connection& connection, const core::HarvestJob& job);
core::Result<void> abort_job(Connection& connection, std::string_view id, core::Timestamp now);
core::Result<void> count_file(Connection& connection, std::string_view job_id, bool changed,
                              bool failed, std::int64_t tables);

// The oldest finished job of the source beyond its newest `keep`; 0: none.
std::int64_t oldest_surplus_job(Connection& connection, std::string_view source_id,
                                std::int64_t keep);
void remove_job(Connection& connection, std::int64_t job_no);

}  // namespace minato::storage::sqlite::harvest
