#include "storage/sqlite/harvest/file_rows.h"

#include <algorithm>

#include "storage/sqlite/harvest/job_rows.h"
#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::harvest {
namespace {

constexpr std::string_view kSelect =
    "SELECT resource_id, dataset_id, source_id, url, state, etag, last_modified, sha256, checked,"
    " changed, next_check, unchanged_checks, failures, error_id, message_ja, message_en, job_id"
    " FROM harvest_file ";

constexpr std::string_view kInsert =
    "INSERT INTO harvest_file (resource_id, dataset_id, source_id, url, state, etag, last_modified,"
    " sha256, checked, changed, next_check, unchanged_checks, failures, error_id, message_ja,"
    " message_en, job_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
    " ON CONFLICT (resource_id) DO ";

HarvestFile file_of(const Statement& row) {
  HarvestFile f;
  read_row(row, f.resource_id, f.dataset_id, f.source_id, f.url, f.state, f.etag, f.last_modified,
           f.sha256, f.checked, f.changed, f.next_check, f.unchanged_checks, f.failures, f.error_id,
           f.message.ja, f.message.en, f.job_id);
  return f;
}

std::vector<HarvestFile> all_of(Statement& row) {
  std::vector<HarvestFile> files;
  while (row.step()) files.push_back(file_of(row));
  return files;
}

void bind_file(Statement& statement, const HarvestFile& f) {
  statement.bind_all(f.resource_id, f.dataset_id, f.source_id, f.url, code_of(f.state), f.etag,
                     f.last_modified, f.sha256, f.checked, f.changed, f.next_check,
                     f.unchanged_checks, f.failures, f.error_id, f.message.ja, f.message.en,
                     f.job_id);
}

}  // namespace

core::Result<void> queue_files(Connection& connection, std::string_view job_id,
                               const std::vector<HarvestFile>& files, core::Timestamp now) {
  const auto place = find_open_job(connection, job_id);
  if (!place) return tl::unexpected<core::Error>(place.error());
  Statement insert = connection.prepare(std::string(kInsert) + "NOTHING");
  // An expression of SET sees the row as it was before. Validators are of one URL.
  Statement adopt = connection.prepare(
      "UPDATE harvest_file SET dataset_id = ?2, source_id = ?3, url = ?4,"
      " etag = iif(url = ?4, etag, ''), last_modified = iif(url = ?4, last_modified, ''),"
      " state = 0, job_id = ?5 WHERE resource_id = ?1"
      " AND (state = 0 OR url <> ?4 OR next_check IS NULL OR next_check <= ?6)");
  Statement belongs = connection.prepare(
      "UPDATE harvest_file SET dataset_id = ?2, source_id = ?3"
      " WHERE resource_id = ?1 AND (dataset_id <> ?2 OR source_id <> ?3)");
  for (const HarvestFile& file : files) {
    HarvestFile row = file;
    row.state = HarvestFile::State::kWaiting;
    row.job_id = job_id;
    bind_file(insert, row);
    insert.run();
    if (connection.changes() > 0) continue;
    adopt.bind_all(file.resource_id, file.dataset_id, file.source_id, file.url, job_id, now).run();
    belongs.bind_all(file.resource_id, file.dataset_id, file.source_id).run();
  }
  return {};
}

core::Result<void> queue_due_files(Connection& connection, std::string_view job_id,
                                   std::string_view source_id, core::Timestamp now) {
  const auto place = find_open_job(connection, job_id);
  if (!place) return tl::unexpected<core::Error>(place.error());
  connection
      .prepare(
          "UPDATE harvest_file SET state = 0, job_id = ?1 WHERE source_id = ?2"
          " AND (state = 0 OR next_check IS NULL OR next_check <= ?3)"
          " AND EXISTS (SELECT 1 FROM harvest_record r WHERE r.dataset_id = harvest_file.dataset_id"
          " AND r.dataset_id <> '' AND r.source_id = ?2 AND r.last_job = ?1 AND +r.deleted = 0)")
      .bind_all(job_id, source_id, now)
      .run();
  return {};
}

std::vector<HarvestFile> waiting_files(Connection& connection, std::string_view job_id,
                                       std::int64_t limit) {
  Statement row = connection.prepare(std::string(kSelect) +
                                     "WHERE job_id = ?1 AND state = 0 ORDER BY file_no LIMIT ?2");
  row.bind_all(job_id, std::max<std::int64_t>(limit, 0));
  return all_of(row);
}

void save_file(Connection& connection, const HarvestFile& file) {
  Statement upsert = connection.prepare(
      std::string(kInsert) +
      "UPDATE SET dataset_id = ?2, source_id = ?3, url = ?4, state = ?5, etag = ?6,"
      " last_modified = ?7, sha256 = ?8, checked = ?9, changed = ?10, next_check = ?11,"
      " unchanged_checks = ?12, failures = ?13, error_id = ?14, message_ja = ?15,"
      " message_en = ?16, job_id = ?17");
  bind_file(upsert, file);
  upsert.run();
}

std::optional<HarvestFile> find_file(Connection& connection, std::string_view resource_id) {
  Statement row = connection.prepare(std::string(kSelect) + "WHERE resource_id = ?1");
  if (!row.bind(1, resource_id).step()) return std::nullopt;
  return file_of(row);
}

std::vector<HarvestFile> files_of_dataset(Connection& connection, std::string_view dataset_id) {
  Statement row =
      connection.prepare(std::string(kSelect) + "WHERE dataset_id = ?1 ORDER BY file_no");
  row.bind(1, dataset_id);
  return all_of(row);
}

}  // namespace minato::storage::sqlite::harvest
