#include "storage/sqlite/harvest/job_counts.h"

namespace minato::storage::sqlite::harvest {
namespace {

using core::RecordReport;

void add(RecordReport report, std::int64_t count, core::JobCounts& counts) {
  switch (report) {
    case RecordReport::kAdded:
      counts.added += count;
      break;
    case RecordReport::kUpdated:
      counts.updated += count;
      break;
    case RecordReport::kUnchanged:
      counts.not_modified += count;
      break;
    case RecordReport::kDeleted:
      counts.deleted += count;
      break;
    case RecordReport::kErrored:
      counts.errored += count;
      break;
    case RecordReport::kDuplicate:
      counts.duplicates += count;
      break;
    case RecordReport::kNone:
      break;
  }
}

std::int64_t one_integer(Statement& row) { return row.step() ? row.integer(0) : 0; }

}  // namespace

void derive_counts(Connection& connection, std::int64_t job_no, core::HarvestJob& job) {
  Statement reports = connection.prepare(
      "SELECT report, count(*), sum(moved) FROM harvest_object WHERE job_no = ?1 GROUP BY report");
  reports.bind(1, job_no);
  while (reports.step()) {
    add(static_cast<RecordReport>(reports.integer(0)), reports.integer(1), job.counts);
    job.counts.moved += reports.integer(2);
  }
  Statement faults = connection.prepare(
      "SELECT count(*) FROM harvest_fault WHERE job_no = ?1 AND stage = 'gather'");
  job.counts.errored += one_integer(faults.bind(1, job_no));
  Statement waiting =
      connection.prepare("SELECT count(*) FROM harvest_file WHERE job_id = ?1 AND state = 0");
  job.counts.files_waiting = one_integer(waiting.bind(1, job.id));
  if (job.state == core::JobState::kFinished) return;
  Statement missing = connection.prepare(
      "SELECT count(*) FROM harvest_record WHERE source_id = ?1 AND missing_since IS NOT NULL"
      " AND deleted = 0");
  job.counts.missing = one_integer(missing.bind(1, job.source_id));
}

}  // namespace minato::storage::sqlite::harvest
