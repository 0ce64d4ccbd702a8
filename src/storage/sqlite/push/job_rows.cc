#include "storage/sqlite/push/job_rows.h"

#include <string>

#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::push {
namespace {

std::string select(std::string_view rest) {
  return "SELECT id, state, resource_id, dataset_id, organization_id, user_id, user_name, token_id,"
         " address, request_id, blob, bytes, file_name, media_type, confirmed, created, started,"
         " ended, attempts, owner, lease_until, error_id, message_ja, message_en, hint_ja, hint_en,"
         " report, review, new_resource FROM import_job WHERE " +
         std::string(rest);
}

std::vector<ImportJob> read_jobs(Statement& row) {
  std::vector<ImportJob> jobs;
  while (row.step()) {
    ImportJob& job = jobs.emplace_back();
    read_row(row, job.id, job.state, job.resource_id, job.dataset_id, job.organization_id,
             job.caller.user_id, job.caller.user_name, job.caller.token_id, job.caller.address,
             job.caller.request_id, job.blob, job.bytes, job.file_name, job.media_type,
             job.confirmed, job.created, job.started, job.ended, job.attempts, job.owner,
             job.lease_until, job.error_id, job.message.ja, job.message.en, job.hint.ja,
             job.hint.en, job.report, job.review, job.new_resource);
  }
  return jobs;
}

// "\na\nb\n"; empty for none.
std::string lines(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text.append(text.empty() ? "\n" : "").append(id + "\n");
  return text;
}

}  // namespace

void insert_job(Connection& connection, const ImportJob& job) {
  connection
      .prepare(
          "INSERT INTO import_job (id, state, resource_id, dataset_id, organization_id, user_id,"
          " user_name, token_id, address, request_id, blob, bytes, file_name, media_type,"
          " confirmed, created, started, ended, attempts, owner, lease_until, error_id, message_ja,"
          " message_en, hint_ja, hint_en, report, review, new_resource) VALUES (?1, ?2, ?3, ?4, ?5,"
          " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,"
          " ?24, ?25, ?26, ?27, ?28, ?29)")
      .bind_all(job.id, code_of(job.state), job.resource_id, job.dataset_id, job.organization_id,
                job.caller.user_id, job.caller.user_name, job.caller.token_id, job.caller.address,
                job.caller.request_id, job.blob, job.bytes, job.file_name, job.media_type,
                job.confirmed, job.created, job.started, job.ended, job.attempts, job.owner,
                job.lease_until, job.error_id, job.message.ja, job.message.en, job.hint.ja,
                job.hint.en, job.report, job.review, job.new_resource)
      .run();
}

std::optional<ImportJob> find_job(Connection& connection, std::string_view id) {
  Statement row = connection.prepare(select("id = ?1"));
  row.bind(1, id);
  auto found = read_jobs(row);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<ImportJob> list_jobs(Connection& connection, const ImportJobRequest& request) {
  // The condition that an index leads to; unused parameters are named too.
  std::string_view place = "?1 = '' AND ?2 = ''";
  if (!request.dataset_id.empty()) place = "(?1 = '' OR resource_id = ?1) AND dataset_id = ?2";
  if (!request.resource_id.empty()) place = "resource_id = ?1 AND (?2 = '' OR dataset_id = ?2)";
  Statement row = connection.prepare(select(
      std::string(place) +
      " AND (?3 = '' OR instr(?3, char(10) || organization_id || char(10)) > 0)"
      " AND (?4 IS NULL OR state = ?4) ORDER BY created DESC, job_no DESC LIMIT ?5 OFFSET ?6"));
  std::optional<std::int64_t> state;
  if (request.state) state = code_of(*request.state);
  const std::string organizations = lines(request.organization_ids);
  row.bind_all(request.resource_id, request.dataset_id, organizations, state,
               request.limit < 0 ? 0 : request.limit, request.offset);
  return read_jobs(row);
}

void delete_surplus_jobs(Connection& connection, std::int64_t keep) {
  // 3 is done: the first file of a resource that ended otherwise made none.
  static_assert(code_of(ImportJob::State::kHeld) == 2 && code_of(ImportJob::State::kDone) == 3);
  connection
      .prepare(
          "DELETE FROM import_job WHERE job_no IN (SELECT job_no FROM (SELECT job_no,"
          " row_number() OVER (PARTITION BY CASE WHEN new_resource <> '' AND state > 3"
          " THEN 'of ' || dataset_id ELSE resource_id END ORDER BY created DESC, job_no DESC)"
          " AS place FROM import_job WHERE state > 2) WHERE place > ?1)")
      .bind(1, keep)
      .run();
}

}  // namespace minato::storage::sqlite::push
