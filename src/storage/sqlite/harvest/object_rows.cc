#include "storage/sqlite/harvest/object_rows.h"

#include <algorithm>

#include "storage/sqlite/harvest/job_rows.h"
#include "storage/sqlite/harvest/record_rows.h"
#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::harvest {
namespace {

using State = HarvestObject::State;

constexpr std::string_view kSelect =
    "SELECT o.id, j.id, j.source_id, o.remote_id, o.state, o.report, o.url, o.remote_modified,"
    " o.dataset_id, o.moved, o.attempts, o.gathered, o.fetched, o.imported, o.content"
    " FROM harvest_object o JOIN harvest_job j ON j.job_no = o.job_no ";

constexpr std::string_view kOfJob =
    "WHERE o.job_no = (SELECT job_no FROM harvest_job WHERE id = ?1) ";

HarvestObject object_of(const Statement& row) {
  HarvestObject o;
  read_row(row, o.id, o.job_id, o.source_id, o.remote_id, o.state, o.report, o.url,
           o.remote_modified, o.dataset_id, o.moved, o.attempts, o.gathered, o.fetched, o.imported,
           o.content);
  return o;
}

std::vector<HarvestObject> all_of(Statement& row) {
  std::vector<HarvestObject> objects;
  while (row.step()) objects.push_back(object_of(row));
  return objects;
}

// The content is needed only as long as something is to be done with it.
std::string_view content_of(const HarvestObject& object) {
  const bool is_done = object.state == State::kComplete || object.state == State::kError;
  return is_done ? std::string_view() : std::string_view(object.content);
}

// False: the job has that remote id already.
bool insert(Connection& connection, std::int64_t job_no, const HarvestObject& o) {
  connection
      .prepare(
          "INSERT INTO harvest_object (id, job_no, remote_id, state, report, url, remote_modified,"
          " dataset_id, moved, attempts, gathered, fetched, imported, content)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
          " ON CONFLICT (job_no, remote_id) DO NOTHING")
      .bind_all(o.id, job_no, o.remote_id, code_of(o.state), code_of(o.report), o.url,
                o.remote_modified, o.dataset_id, o.moved, o.attempts, o.gathered, o.fetched,
                o.imported, content_of(o))
      .run();
  return connection.changes() > 0;
}

}  // namespace

core::Result<void> add_objects(Connection& connection, std::string_view job_id,
                               const std::vector<HarvestObject>& objects) {
  const auto place = find_open_job(connection, job_id);
  if (!place) return tl::unexpected<core::Error>(place.error());
  RecordMarker marker(connection, *place, job_id);
  for (const HarvestObject& object : objects) {
    if (!insert(connection, place->job_no, object)) continue;
    if (object.report == core::RecordReport::kDeleted) continue;
    marker.queued(object.remote_id, object.gathered);
  }
  marker.finish();
  return {};
}

void save_objects(Connection& connection, const std::vector<HarvestObject>& objects) {
  Statement update = connection.prepare(
      "UPDATE harvest_object SET state = ?2, report = ?3, url = ?4, remote_modified = ?5,"
      " dataset_id = ?6, moved = ?7, attempts = ?8, fetched = ?9, imported = ?10, content = ?11"
      " WHERE id = ?1");
  for (const HarvestObject& o : objects) {
    update
        .bind_all(o.id, code_of(o.state), code_of(o.report), o.url, o.remote_modified, o.dataset_id,
                  o.moved, o.attempts, o.fetched, o.imported, content_of(o))
        .run();
  }
}

std::vector<HarvestObject> next_objects(Connection& connection, std::string_view job_id,
                                        State state, std::int64_t limit) {
  // The index of open ones serves only who says that it looks for these.
  const bool is_open = state == State::kWaiting || state == State::kFetched;
  Statement row = connection.prepare(std::string(kSelect) + std::string(kOfJob) +
                                     (is_open ? "AND o.state < 2 " : "") +
                                     "AND o.state = ?2 ORDER BY o.object_no LIMIT ?3");
  row.bind_all(job_id, code_of(state), std::max<std::int64_t>(limit, 0));
  return all_of(row);
}

std::optional<HarvestObject> find_object(Connection& connection, std::string_view id) {
  Statement row = connection.prepare(std::string(kSelect) + "WHERE o.id = ?1");
  if (!row.bind(1, id).step()) return std::nullopt;
  return object_of(row);
}

std::vector<HarvestObject> list_objects(Connection& connection, std::string_view job_id,
                                        std::int64_t offset, std::int64_t limit) {
  Statement row = connection.prepare(std::string(kSelect) + std::string(kOfJob) +
                                     "ORDER BY o.object_no LIMIT ?2 OFFSET ?3");
  row.bind_all(job_id, std::max<std::int64_t>(limit, 0), offset);
  return all_of(row);
}

std::vector<HarvestObject> failed_objects(Connection& connection, std::string_view job_id) {
  Statement row = connection.prepare(std::string(kSelect) + std::string(kOfJob) +
                                     "AND o.report = ?2 ORDER BY o.object_no");
  row.bind_all(job_id, code_of(core::RecordReport::kErrored));
  return all_of(row);
}

}  // namespace minato::storage::sqlite::harvest
