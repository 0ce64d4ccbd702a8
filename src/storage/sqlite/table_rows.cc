#include "storage/sqlite/table_rows.h"

namespace minato::storage::sqlite {
namespace {

constexpr std::string_view kSelect =
    "SELECT table_id, resource_id, part, name, version, created, blob, bytes, file_name, rows,"
    " columns, findings, rejects, container, encoding, input_hash FROM table_version ";

TableVersion version_of(const Statement& row) {
  TableVersion version;
  version.table_id = row.string(0);
  version.resource_id = row.string(1);
  version.part = row.integer(2);
  version.name = row.string(3);
  version.version = row.integer(4);
  version.created = row.time(5);
  version.blob = row.string(6);
  version.bytes = row.integer(7);
  version.file_name = row.string(8);
  version.rows = row.integer(9);
  version.columns = row.integer(10);
  version.findings = row.integer(11);
  version.rejects = row.integer(12);
  version.container = row.string(13);
  version.encoding = row.string(14);
  version.input_hash = row.string(15);
  return version;
}

std::vector<TableVersion> versions(Connection& connection, std::string_view where,
                                   std::string_view key) {
  Statement row = connection.prepare(std::string(kSelect) + std::string(where));
  row.bind(1, key);
  std::vector<TableVersion> found;
  while (row.step()) found.push_back(version_of(row));
  return found;
}

bool version_exists(Connection& connection, const TableVersion& table) {
  Statement row =
      connection.prepare("SELECT 1 FROM table_version WHERE table_id = ?1 AND version >= ?2");
  row.bind_all(table.table_id, table.version);
  return row.step();
}

void insert_version(Connection& connection, const TableVersion& table) {
  connection
      .prepare(
          "INSERT INTO table_version (table_id, resource_id, part, name, version, created, blob,"
          " bytes, file_name, rows, columns, findings, rejects, container, encoding, input_hash,"
          " is_current)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 1)")
      .bind_all(table.table_id, table.resource_id, table.part, table.name, table.version,
                table.created, table.blob, table.bytes, table.file_name, table.rows, table.columns,
                table.findings, table.rejects, table.container, table.encoding, table.input_hash)
      .run();
}

}  // namespace

std::optional<TableVersion> find_table(Connection& connection, std::string_view table_id) {
  auto found = versions(connection, "WHERE table_id = ?1 AND is_current = 1", table_id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<TableVersion> list_table_versions(Connection& connection, std::string_view table_id) {
  return versions(connection, "WHERE table_id = ?1 ORDER BY version DESC", table_id);
}

std::vector<TableVersion> list_tables_of(Connection& connection, std::string_view resource_id) {
  return versions(connection, "WHERE resource_id = ?1 AND is_current = 1 ORDER BY part",
                  resource_id);
}

std::vector<std::string> list_resources_with_table(Connection& connection) {
  Statement row = connection.prepare(
      "SELECT DISTINCT resource_id FROM table_version WHERE is_current = 1 ORDER BY resource_id");
  std::vector<std::string> ids;
  while (row.step()) ids.push_back(row.string(0));
  return ids;
}

std::optional<TableRefusal> find_table_refusal(Connection& connection,
                                               std::string_view resource_id) {
  Statement row = connection.prepare(
      "SELECT input_hash, seen, error_id, message_ja, message_en, hint_ja, hint_en FROM "
      "table_refusal"
      " WHERE resource_id = ?1");
  row.bind(1, resource_id);
  if (!row.step()) return std::nullopt;
  return TableRefusal{std::string(resource_id),
                      row.string(0),
                      row.time(1),
                      row.string(2),
                      {row.string(3), row.string(4)},
                      {row.string(5), row.string(6)}};
}

bool publish_tables(Connection& connection, std::string_view resource_id,
                    const std::vector<TableVersion>& tables) {
  connection.prepare("UPDATE table_version SET is_current = 0 WHERE resource_id = ?1")
      .bind(1, resource_id)
      .run();
  for (const TableVersion& table : tables) {
    if (version_exists(connection, table)) return false;
    insert_version(connection, table);
  }
  connection.prepare("DELETE FROM table_refusal WHERE resource_id = ?1").bind(1, resource_id).run();
  return true;
}

void delete_table_version(Connection& connection, std::string_view table_id, std::int64_t version) {
  connection
      .prepare("DELETE FROM table_version WHERE table_id = ?1 AND version = ?2 AND is_current = 0")
      .bind_all(table_id, version)
      .run();
}

void save_table_refusal(Connection& connection, const TableRefusal& refusal) {
  connection
      .prepare(
          "INSERT OR REPLACE INTO table_refusal (resource_id, input_hash, seen, error_id, "
          "message_ja,"
          " message_en, hint_ja, hint_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .bind_all(refusal.resource_id, refusal.input_hash, refusal.seen, refusal.error_id,
                refusal.message.ja, refusal.message.en, refusal.hint.ja, refusal.hint.en)
      .run();
}

}  // namespace minato::storage::sqlite
