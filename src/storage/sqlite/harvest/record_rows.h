// Remote records as rows. Every call may throw SQLite::Exception and belongs into a transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "storage/harvest_store.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/harvest/job_rows.h"

namespace minato::storage::sqlite::harvest {

// Marks records as seen by a job, and keeps its count of those that were not queued.
class RecordMarker {
 public:
  // REQUIRES: what is given outlives it.
  RecordMarker(Connection& connection, const JobPlace& place, std::string_view job_id);
  // Seen, and put into the queue.
  void queued(std::string_view remote_id, core::Timestamp now);
  // Seen, and left alone; an unknown one, or one seen by this job already, is passed over.
  void unchanged(std::string_view remote_id, core::Timestamp now);
  // Writes the count, and what was missing is missing no more. Call it once, last.
  void finish();

 private:
  Connection& connection_;
  const JobPlace& place_;
  std::string_view job_id_;
  std::int64_t unchanged_ = 0;
};

core::Result<void> mark_seen(Connection& connection, std::string_view job_id,
                             std::string_view source_id, const std::vector<std::string>& remote_ids,
                             core::Timestamp now);
std::optional<HarvestRecord> find_record(Connection& connection, std::string_view source_id,
                                         std::string_view remote_id);
std::vector<HarvestRecord> find_records(Connection& connection, std::string_view source_id,
                                        const std::vector<std::string>& remote_ids);
std::vector<HarvestRecord> records_of_dataset(Connection& connection, std::string_view dataset_id);
std::int64_t count_records(Connection& connection, std::string_view source_id);
std::vector<HarvestRecord> unseen_records(Connection& connection, std::string_view source_id,
                                          std::string_view job_id);
std::vector<HarvestRecord> missing_records(Connection& connection, std::string_view source_id);
void save_records(Connection& connection, const std::vector<HarvestRecord>& records);
core::Result<void> move_record(Connection& connection, std::string_view source_id,
                               std::string_view from, std::string_view to);

}  // namespace minato::storage::sqlite::harvest
