#include "storage/sqlite/push/job_leases.h"

#include "storage/sqlite/push/job_rows.h"
#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::push {
namespace {

using State = ImportJob::State;

// States in the SQL below: 0 waits, 1 runs (below 2: either), 2 is held, 5 is cancelled.
static_assert(code_of(State::kWaiting) == 0 && code_of(State::kRunning) == 1);
static_assert(code_of(State::kHeld) == 2 && code_of(State::kCancelled) == 5);

std::optional<std::string> claimable(Connection& connection, std::optional<std::string_view> id,
                                     core::Timestamp now) {
  Statement row = connection.prepare(
      "SELECT j.id FROM import_job j WHERE j.state < 2 AND (j.state = 0 OR j.lease_until <= ?1)"
      " AND (?2 IS NULL OR j.id = ?2) AND NOT EXISTS (SELECT 1 FROM import_job o"
      "  WHERE o.resource_id = j.resource_id AND o.job_no <> j.job_no AND o.state < 2"
      "  AND ((o.state = 1 AND o.lease_until > ?1)"
      "       OR (o.created, o.job_no) < (j.created, j.job_no)))"
      " ORDER BY j.created, j.job_no LIMIT 1");
  row.bind_all(now, id);
  if (!row.step()) return std::nullopt;
  return row.string(0);
}

bool changed(Connection& connection, Statement& update) {
  update.run();
  return connection.changes() > 0;
}

}  // namespace

std::optional<ImportJob> claim_job(Connection& connection, std::optional<std::string_view> id,
                                   const Lease& lease) {
  const auto found = claimable(connection, id, lease.now);
  if (!found) return std::nullopt;
  connection
      .prepare(
          "UPDATE import_job SET state = 1, owner = ?2, lease_until = ?3, started = ?4,"
          " attempts = attempts + 1 WHERE id = ?1")
      .bind_all(*found, lease.owner, lease.until, lease.now)
      .run();
  return find_job(connection, *found);
}

bool renew_job(Connection& connection, std::string_view id, std::string_view owner,
               core::Timestamp until) {
  Statement update = connection.prepare(
      "UPDATE import_job SET lease_until = ?3 WHERE id = ?1 AND owner = ?2 AND state = 1");
  update.bind_all(id, owner, until);
  return changed(connection, update);
}

bool end_job(Connection& connection, const ImportJob& job, std::string_view owner) {
  Statement update = connection.prepare(
      "UPDATE import_job SET (state, ended, report, error_id, message_ja, message_en, hint_ja,"
      " hint_en, attempts, owner, lease_until) = (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, '', 0)"
      " WHERE id = ?1 AND owner = ?2 AND state = 1");
  update.bind_all(job.id, owner, code_of(job.state), job.ended, job.report, job.error_id,
                  job.message.ja, job.message.en, job.hint.ja, job.hint.en, job.attempts);
  return changed(connection, update);
}

bool confirm_job(Connection& connection, std::string_view id) {
  Statement update = connection.prepare(
      "UPDATE import_job SET state = 0, confirmed = 1, ended = NULL WHERE id = ?1 AND state = 2");
  update.bind(1, id);
  return changed(connection, update);
}

bool cancel_job(Connection& connection, std::string_view id, core::Timestamp now) {
  Statement update = connection.prepare(
      "UPDATE import_job SET state = 5, ended = ?2 WHERE id = ?1 AND state IN (0, 2)");
  update.bind_all(id, now);
  return changed(connection, update);
}

}  // namespace minato::storage::sqlite::push
