#include "storage/sqlite/harvest/job_rows.h"

#include <algorithm>

#include "core/uuid.h"
#include "storage/sqlite/harvest/harvest_error.h"
#include "storage/sqlite/harvest/job_counts.h"
#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::harvest {
namespace {

using core::HarvestJob;
using core::JobOutcome;
using core::JobState;
using core::RecordReport;
using State = HarvestObject::State;

constexpr std::string_view kSelect =
    "SELECT job_no, id, source_id, trigger, state, stage, outcome, complete_listing, created,"
    " gather_started, gather_finished, finished, deadline, lease_owner, lease_until, attempts,"
    " requests, received_bytes, seen_unchanged, missing, files_changed, files_unchanged,"
    " files_failed, tables FROM harvest_job ";

HarvestJob job_of(Connection& connection, const Statement& row) {
  HarvestJob j;
  std::int64_t job_no = 0;
  read_row(row, job_no, j.id, j.source_id, j.trigger, j.state, j.stage, j.outcome,
           j.complete_listing, j.created, j.gather_started, j.gather_finished, j.finished,
           j.deadline, j.lease_owner, j.lease_until, j.attempts, j.requests, j.received_bytes,
           j.counts.not_modified, j.counts.missing, j.counts.files_changed,
           j.counts.files_unchanged, j.counts.files_failed, j.counts.tables);
  derive_counts(connection, job_no, j);
  return j;
}

// The condition of a JobQuery; ?1 is its source.
std::string condition_of(const JobQuery& query) {
  std::string condition = query.source_id.empty() ? "WHERE ?1 = ''" : "WHERE source_id = ?1";
  if (query.unfinished_only) condition += " AND state < 2";
  return condition;
}

void note_missing(Connection& connection, std::string_view job_id) {
  connection
      .prepare(
          "UPDATE harvest_job SET missing = (SELECT count(*) FROM harvest_record r"
          " WHERE r.source_id = harvest_job.source_id AND r.missing_since IS NOT NULL"
          " AND r.deleted = 0) WHERE id = ?1")
      .bind(1, job_id)
      .run();
}

// Only an unfinished job is written to.
tl::unexpected<core::Error> why_not_written(Connection& connection, std::string_view id) {
  return find_job_place(connection, id) ? job_finished() : job_not_found();
}

}  // namespace

core::Result<JobPlace> find_job_place(Connection& connection, std::string_view job_id) {
  Statement row =
      connection.prepare("SELECT job_no, source_id, state = 2 FROM harvest_job WHERE id = ?1");
  if (!row.bind(1, job_id).step()) return job_not_found();
  JobPlace place;
  read_row(row, place.job_no, place.source_id, place.is_finished);
  return place;
}

core::Result<JobPlace> find_open_job(Connection& connection, std::string_view job_id) {
  auto place = find_job_place(connection, job_id);
  if (place && place->is_finished) return job_finished();
  return place;
}

std::vector<HarvestJob> list_jobs(Connection& connection, const JobQuery& query) {
  Statement row = connection.prepare(std::string(kSelect) + condition_of(query) +
                                     " ORDER BY job_no DESC LIMIT ?2 OFFSET ?3");
  row.bind_all(query.source_id, std::max<std::int64_t>(query.limit, 0), query.offset);
  std::vector<HarvestJob> jobs;
  while (row.step()) jobs.push_back(job_of(connection, row));
  return jobs;
}

std::optional<HarvestJob> find_job(Connection& connection, std::string_view id) {
  Statement row = connection.prepare(std::string(kSelect) + "WHERE id = ?1");
  if (!row.bind(1, id).step()) return std::nullopt;
  return job_of(connection, row);
}

std::int64_t count_jobs(Connection& connection, std::string_view source_id) {
  JobQuery query;
  query.source_id = source_id;
  Statement row = connection.prepare("SELECT count(*) FROM harvest_job " + condition_of(query));
  return row.bind(1, source_id).step() ? row.integer(0) : 0;
}

core::Result<HarvestJob> create_job(Connection& connection, std::string_view source_id,
                                    std::string_view trigger, core::Timestamp now) {
  Statement unfinished =
      connection.prepare("SELECT 1 FROM harvest_job WHERE source_id = ?1 AND state < 2");
  if (unfinished.bind(1, source_id).step()) return job_exists();
  HarvestJob job;
  job.id = core::random_uuid();
  job.source_id = source_id;
  job.trigger = trigger;
  job.created = now;
  connection
      .prepare(
          "INSERT INTO harvest_job (id, source_id, trigger, state, stage, outcome,"
          " complete_listing, created) VALUES (?1, ?2, ?3, 0, 0, 0, 0, ?4)")
      .bind_all(job.id, source_id, trigger, now)
      .run();
  return *find_job(connection, job.id);
}

bool claim_job(Connection& connection, std::string_view id, const Lease& lease,
               const std::function<bool(const std::string&)>& is_dead) {
  Statement row = connection.prepare(
      "SELECT lease_owner, lease_until FROM harvest_job WHERE id = ?1 AND state < 2");
  if (!row.bind(1, id).step()) return false;
  std::string owner;
  std::optional<core::Timestamp> until;
  read_row(row, owner, until);
  const bool is_free = owner.empty() || !until || *until <= lease.now;
  if (!is_free && !(is_dead && is_dead(owner))) return false;
  connection
      .prepare(
          "UPDATE harvest_job SET lease_owner = ?2, lease_until = ?3, attempts = attempts + 1,"
          " state = ?4 WHERE id = ?1")
      .bind_all(id, lease.owner, lease.until, code_of(JobState::kRunning))
      .run();
  return true;
}

bool renew_lease(Connection& connection, std::string_view id, const Lease& lease) {
  connection
      .prepare(
          "UPDATE harvest_job SET lease_until = ?3"
          " WHERE id = ?1 AND lease_owner = ?2 AND state < 2")
      .bind_all(id, lease.owner, lease.until)
      .run();
  return connection.changes() > 0;
}

core::Result<void> save_job(Connection& connection, const HarvestJob& job) {
  const bool ends = job.state == JobState::kFinished;
  connection
      .prepare(
          "UPDATE harvest_job SET state = ?2, stage = ?3, outcome = ?4, complete_listing = ?5,"
          " gather_started = ?6, gather_finished = ?7, finished = ?8, deadline = ?9,"
          " requests = ?10, received_bytes = ?11, lease_owner = iif(?12, '', lease_owner),"
          " lease_until = iif(?12, NULL, lease_until) WHERE id = ?1 AND state < 2")
      .bind_all(job.id, code_of(job.state), code_of(job.stage), code_of(job.outcome),
                job.complete_listing, job.gather_started, job.gather_finished, job.finished,
                job.deadline, job.requests, job.received_bytes, ends)
      .run();
  if (connection.changes() == 0) return why_not_written(connection, job.id);
  if (ends) note_missing(connection, job.id);
  return {};
}

core::Result<void> abort_job(Connection& connection, std::string_view id, core::Timestamp now) {
  const auto place = find_job_place(connection, id);
  if (!place) return tl::unexpected<core::Error>(place.error());
  if (place->is_finished) return {};
  connection
      .prepare(
          "UPDATE harvest_job SET state = ?2, outcome = ?3, finished = ?4, lease_owner = '',"
          " lease_until = NULL WHERE id = ?1")
      .bind_all(id, code_of(JobState::kFinished), code_of(JobOutcome::kAborted), now)
      .run();
  connection
      .prepare(
          "UPDATE harvest_object SET state = ?2, report = ?3, content = ''"
          " WHERE job_no = ?1 AND state < 2")
      .bind_all(place->job_no, code_of(State::kError), code_of(RecordReport::kErrored))
      .run();
  // The next job takes them.
  connection.prepare("UPDATE harvest_file SET job_id = '' WHERE job_id = ?1 AND state = 0")
      .bind(1, id)
      .run();
  note_missing(connection, id);
  return {};
}

core::Result<void> count_file(Connection& connection, std::string_view job_id, bool changed,
                              bool failed, std::int64_t tables) {
  connection
      .prepare(
          "UPDATE harvest_job SET files_failed = files_failed + ?3,"
          " files_changed = files_changed + (?2 AND NOT ?3),"
          " files_unchanged = files_unchanged + (NOT ?2 AND NOT ?3), tables = tables + ?4"
          " WHERE id = ?1")
      .bind_all(job_id, changed, failed, tables)
      .run();
  if (connection.changes() == 0) return job_not_found();
  return {};
}

std::int64_t oldest_surplus_job(Connection& connection, std::string_view source_id,
                                std::int64_t keep) {
  Statement row = connection.prepare(
      "SELECT min(job_no) FROM (SELECT job_no FROM harvest_job WHERE source_id = ?1 AND state = 2"
      " ORDER BY job_no DESC LIMIT -1 OFFSET ?2)");
  return row.bind_all(source_id, std::max<std::int64_t>(keep, 0)).step() ? row.integer(0) : 0;
}

void remove_job(Connection& connection, std::int64_t job_no) {
  connection.prepare("DELETE FROM harvest_job WHERE job_no = ?1").bind(1, job_no).run();
}

}  // namespace minato::storage::sqlite::harvest
