#include "storage/sqlite/harvest/record_rows.h"

#include "storage/sqlite/harvest/harvest_error.h"
#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::harvest {
namespace {

constexpr std::string_view kSelect =
    "SELECT source_id, remote_id, dataset_id, url, remote_modified, content_hash, object_id,"
    " fetched, last_job, last_seen, missing_since, missing_runs, missing_confirmed, deleted,"
    " duplicate_of FROM harvest_record ";

HarvestRecord record_of(const Statement& row) {
  HarvestRecord r;
  read_row(row, r.source_id, r.remote_id, r.dataset_id, r.url, r.remote_modified, r.content_hash,
           r.object_id, r.fetched, r.last_job, r.last_seen, r.missing_since, r.missing_runs,
           r.missing_confirmed, r.deleted, r.duplicate_of);
  return r;
}

std::vector<HarvestRecord> all_of(Statement& row) {
  std::vector<HarvestRecord> records;
  while (row.step()) records.push_back(record_of(row));
  return records;
}

}  // namespace

RecordMarker::RecordMarker(Connection& connection, const JobPlace& place, std::string_view job_id)
    : connection_(connection), place_(place), job_id_(job_id) {}

void RecordMarker::queued(std::string_view remote_id, core::Timestamp now) {
  // A listing may name a record twice: first as we know it, then changed.
  connection_
      .prepare(
          "UPDATE harvest_record SET seen_unchanged = 0 WHERE source_id = ?1 AND remote_id = ?2"
          " AND last_job = ?3 AND seen_unchanged = 1")
      .bind_all(place_.source_id, remote_id, job_id_)
      .run();
  unchanged_ -= connection_.changes();
  connection_
      .prepare(
          "UPDATE harvest_record SET last_job = ?3, last_seen = ?4, seen_unchanged = 0"
          " WHERE source_id = ?1 AND remote_id = ?2")
      .bind_all(place_.source_id, remote_id, job_id_, now)
      .run();
}

void RecordMarker::unchanged(std::string_view remote_id, core::Timestamp now) {
  connection_
      .prepare(
          "UPDATE harvest_record SET last_job = ?3, last_seen = ?4, seen_unchanged = 1"
          " WHERE source_id = ?1 AND remote_id = ?2 AND last_job <> ?3")
      .bind_all(place_.source_id, remote_id, job_id_, now)
      .run();
  unchanged_ += connection_.changes();
}

void RecordMarker::finish() {
  connection_
      .prepare(
          "UPDATE harvest_record SET missing_since = NULL, missing_runs = 0, missing_confirmed = 0"
          " WHERE source_id = ?1 AND missing_since IS NOT NULL AND last_job = ?2")
      .bind_all(place_.source_id, job_id_)
      .run();
  if (unchanged_ == 0) return;
  connection_
      .prepare("UPDATE harvest_job SET seen_unchanged = seen_unchanged + ?2 WHERE job_no = ?1")
      .bind_all(place_.job_no, unchanged_)
      .run();
}

core::Result<void> mark_seen(Connection& connection, std::string_view job_id,
                             std::string_view source_id, const std::vector<std::string>& remote_ids,
                             core::Timestamp now) {
  const auto place = find_open_job(connection, job_id);
  if (!place) return tl::unexpected<core::Error>(place.error());
  if (place->source_id != source_id) return job_not_found();
  RecordMarker marker(connection, *place, job_id);
  for (const std::string& remote_id : remote_ids) marker.unchanged(remote_id, now);
  marker.finish();
  return {};
}

std::optional<HarvestRecord> find_record(Connection& connection, std::string_view source_id,
                                         std::string_view remote_id) {
  Statement row =
      connection.prepare(std::string(kSelect) + "WHERE source_id = ?1 AND remote_id = ?2");
  if (!row.bind_all(source_id, remote_id).step()) return std::nullopt;
  return record_of(row);
}

std::vector<HarvestRecord> find_records(Connection& connection, std::string_view source_id,
                                        const std::vector<std::string>& remote_ids) {
  std::vector<HarvestRecord> records;
  for (const std::string& remote_id : remote_ids) {
    if (auto record = find_record(connection, source_id, remote_id)) {
      records.push_back(*std::move(record));
    }
  }
  return records;
}

std::vector<HarvestRecord> records_of_dataset(Connection& connection, std::string_view dataset_id) {
  Statement row = connection.prepare(std::string(kSelect) +
                                     "WHERE dataset_id = ?1 AND dataset_id <> ''"
                                     " ORDER BY source_id, remote_id");
  row.bind(1, dataset_id);
  return all_of(row);
}

std::int64_t count_records(Connection& connection, std::string_view source_id) {
  Statement row = connection.prepare(
      "SELECT count(*) FROM harvest_record WHERE source_id = ?1 AND deleted = 0");
  return row.bind(1, source_id).step() ? row.integer(0) : 0;
}

std::vector<HarvestRecord> unseen_records(Connection& connection, std::string_view source_id,
                                          std::string_view job_id) {
  Statement row = connection.prepare(std::string(kSelect) +
                                     "WHERE source_id = ?1 AND +deleted = 0 AND dataset_id <> ''"
                                     " AND last_job <> ?2 ORDER BY remote_id");
  row.bind_all(source_id, job_id);
  return all_of(row);
}

std::vector<HarvestRecord> missing_records(Connection& connection, std::string_view source_id) {
  Statement row = connection.prepare(std::string(kSelect) +
                                     "WHERE source_id = ?1 AND missing_since IS NOT NULL"
                                     " AND deleted = 0 ORDER BY remote_id");
  row.bind(1, source_id);
  return all_of(row);
}

void save_records(Connection& connection, const std::vector<HarvestRecord>& records) {
  Statement upsert = connection.prepare(
      "INSERT INTO harvest_record (source_id, remote_id, dataset_id, url, remote_modified,"
      " content_hash, object_id, fetched, last_job, last_seen, missing_since, missing_runs,"
      " missing_confirmed, deleted, duplicate_of)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
      " ON CONFLICT (source_id, remote_id) DO UPDATE SET dataset_id = ?3, url = ?4,"
      " remote_modified = ?5, content_hash = ?6, object_id = ?7, fetched = ?8,"
      " seen_unchanged = seen_unchanged AND last_job = ?9, last_job = ?9, last_seen = ?10,"
      " missing_since = ?11, missing_runs = ?12, missing_confirmed = ?13, deleted = ?14,"
      " duplicate_of = ?15");
  for (const HarvestRecord& r : records) {
    upsert
        .bind_all(r.source_id, r.remote_id, r.dataset_id, r.url, r.remote_modified, r.content_hash,
                  r.object_id, r.fetched, r.last_job, r.last_seen, r.missing_since, r.missing_runs,
                  r.missing_confirmed, r.deleted, r.duplicate_of)
        .run();
  }
}

core::Result<void> move_record(Connection& connection, std::string_view source_id,
                               std::string_view from, std::string_view to) {
  const auto moving = find_record(connection, source_id, from);
  if (!moving || from == to) return {};
  if (const auto there = find_record(connection, source_id, to)) {
    const bool is_live = !there->dataset_id.empty() && !there->deleted;
    if (is_live && there->dataset_id != moving->dataset_id) return record_exists(to);
    connection.prepare("DELETE FROM harvest_record WHERE source_id = ?1 AND remote_id = ?2")
        .bind_all(source_id, to)
        .run();
  }
  for (const char* move :
       {"UPDATE harvest_record SET remote_id = ?3 WHERE source_id = ?1 AND remote_id = ?2",
        "UPDATE OR REPLACE harvest_key SET remote_id = ?3"
        " WHERE source_id = ?1 AND remote_id = ?2"}) {
    connection.prepare(move).bind_all(source_id, from, to).run();
  }
  return {};
}

}  // namespace minato::storage::sqlite::harvest
