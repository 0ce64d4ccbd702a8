#include "storage/sqlite/harvest/fault_rows.h"

#include <algorithm>

#include "storage/sqlite/harvest/job_rows.h"
#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::harvest {

core::Result<void> add_faults(Connection& connection, const std::vector<HarvestFault>& faults) {
  Statement insert = connection.prepare(
      "INSERT INTO harvest_fault (job_no, object_id, stage, record, url, error_id, message_ja,"
      " message_en, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING");
  for (const HarvestFault& f : faults) {
    const auto place = find_job_place(connection, f.job_id);
    if (!place) return tl::unexpected<core::Error>(place.error());
    insert
        .bind_all(place->job_no, f.object_id, f.stage, f.record, f.url, f.error_id, f.message.ja,
                  f.message.en, f.created)
        .run();
  }
  return {};
}

std::vector<HarvestFault> list_faults(Connection& connection, std::string_view job_id,
                                      std::int64_t offset, std::int64_t limit) {
  Statement row = connection.prepare(
      "SELECT j.id, f.object_id, f.stage, f.record, f.url, f.error_id, f.message_ja, f.message_en,"
      " f.created FROM harvest_fault f JOIN harvest_job j ON j.job_no = f.job_no"
      " WHERE f.job_no = (SELECT job_no FROM harvest_job WHERE id = ?1)"
      " ORDER BY f.fault_no LIMIT ?2 OFFSET ?3");
  row.bind_all(job_id, std::max<std::int64_t>(limit, 0), offset);
  std::vector<HarvestFault> faults;
  while (row.step()) {
    HarvestFault& f = faults.emplace_back();
    read_row(row, f.job_id, f.object_id, f.stage, f.record, f.url, f.error_id, f.message.ja,
             f.message.en, f.created);
  }
  return faults;
}

std::vector<FaultSummary> summarize_faults(Connection& connection, std::string_view job_id,
                                           bool gather, std::int64_t limit) {
  Statement row = connection.prepare(
      "SELECT message_ja, message_en, count(*) FROM harvest_fault"
      " WHERE job_no = (SELECT job_no FROM harvest_job WHERE id = ?1)"
      " AND (stage = 'gather') = ?2 GROUP BY message_ja, message_en"
      " ORDER BY count(*) DESC, min(fault_no) LIMIT ?3");
  row.bind_all(job_id, gather, std::max<std::int64_t>(limit, 0));
  std::vector<FaultSummary> summaries;
  while (row.step()) {
    FaultSummary& summary = summaries.emplace_back();
    read_row(row, summary.message.ja, summary.message.en, summary.count);
  }
  return summaries;
}

}  // namespace minato::storage::sqlite::harvest
