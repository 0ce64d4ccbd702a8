#include "storage/sqlite/history/audit_rows.h"

#include <string>

namespace minato::storage::sqlite {
namespace {

core::AuditEntry read_entry(const Statement& row) {
  core::AuditEntry entry;
  int column = 0;
  entry.number = row.integer(column++);
  entry.time = row.time(column++);
  for (std::string* field :
       {&entry.user_id, &entry.user_name, &entry.token_id, &entry.address, &entry.request_id,
        &entry.action, &entry.subject_kind, &entry.subject_id, &entry.subject_name,
        &entry.organization_id, &entry.before_hash, &entry.after_hash, &entry.detail,
        &entry.previous, &entry.hash}) {
    *field = row.text(column++);
  }
  return entry;
}

}  // namespace

core::AuditHead load_audit_head(Connection& connection) {
  Statement row = connection.prepare("SELECT number, hash, seal FROM audit_head");
  if (!row.step()) return {};
  return {row.integer(0), row.string(1), row.string(2)};
}

void visit_audit_entries(Connection& connection, std::int64_t from,
                         const std::function<bool(const core::AuditEntry&)>& visit) {
  Statement row = connection.prepare(
      "SELECT number, time, user_id, user_name, token_id, address, request_id, action,"
      " subject_kind, subject_id, subject_name, organization_id, before_hash, after_hash, detail,"
      " previous, hash FROM audit_entry WHERE number >= ?1 ORDER BY number");
  row.bind(1, from);
  while (row.step()) {
    if (!visit(read_entry(row))) return;
  }
}

bool append_audit_entry(Connection& connection, const core::AuditEntry& entry,
                        const core::AuditHead& head) {
  if (entry.number != head.number) return false;
  if (load_audit_head(connection).number != entry.number - 1) return false;
  connection
      .prepare(
          "INSERT INTO audit_entry (number, time, user_id, user_name, token_id, address,"
          " request_id, action, subject_kind, subject_id, subject_name, organization_id,"
          " before_hash, after_hash, detail, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
          " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)")
      .bind_all(entry.number, entry.time, entry.user_id, entry.user_name, entry.token_id,
                entry.address, entry.request_id, entry.action, entry.subject_kind, entry.subject_id,
                entry.subject_name, entry.organization_id, entry.before_hash, entry.after_hash,
                entry.detail, entry.previous, entry.hash)
      .run();
  connection.prepare("UPDATE audit_head SET (number, hash, seal) = (?1, ?2, ?3)")
      .bind_all(head.number, head.hash, head.seal)
      .run();
  return true;
}

}  // namespace minato::storage::sqlite
