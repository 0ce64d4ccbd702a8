#include "storage/sqlite/table_definition_rows.h"

#include <vector>

namespace minato::storage::sqlite {
namespace {

std::vector<std::string> texts(Connection& connection, std::string_view sql,
                               std::string_view resource_id) {
  Statement row = connection.prepare(sql);
  row.bind(1, resource_id);
  std::vector<std::string> found;
  while (row.step()) found.push_back(row.string(0));
  return found;
}

}  // namespace

std::optional<TableDefinition> find_table_definition(Connection& connection,
                                                     std::string_view resource_id) {
  {
    Statement row = connection.prepare("SELECT 1 FROM table_definition WHERE resource_id = ?1");
    row.bind(1, resource_id);
    if (!row.step()) return std::nullopt;
  }
  return TableDefinition{
      std::string(resource_id),
      texts(connection,
            "SELECT name FROM table_key_column WHERE resource_id = ?1 ORDER BY position",
            resource_id),
      texts(connection, "SELECT alias FROM table_alias WHERE resource_id = ?1 ORDER BY position",
            resource_id)};
}

std::optional<std::string> find_resource_of_alias(Connection& connection, std::string_view alias) {
  Statement row = connection.prepare("SELECT resource_id FROM table_alias WHERE alias = ?1");
  row.bind(1, alias);
  if (!row.step()) return std::nullopt;
  return row.string(0);
}

std::optional<std::string> save_table_definition(Connection& connection,
                                                 const TableDefinition& definition) {
  delete_table_definition(connection, definition.resource_id);
  connection.prepare("INSERT INTO table_definition (resource_id) VALUES (?1)")
      .bind(1, definition.resource_id)
      .run();
  Statement key = connection.prepare(
      "INSERT INTO table_key_column (resource_id, position, name) VALUES (?1, ?2, ?3)");
  std::int64_t position = 0;
  for (const std::string& name : definition.primary_key) {
    key.bind_all(definition.resource_id, position++, name).run();
  }
  // The same alias twice is one.
  Statement alias = connection.prepare(
      "INSERT INTO table_alias (alias, resource_id, position) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (alias) DO NOTHING");
  position = 0;
  for (const std::string& name : definition.aliases) {
    const auto holder = find_resource_of_alias(connection, name);
    if (holder && *holder != definition.resource_id) return name;
    alias.bind_all(name, definition.resource_id, position++).run();
  }
  return std::nullopt;
}

void delete_table_definition(Connection& connection, std::string_view resource_id) {
  connection.prepare("DELETE FROM table_definition WHERE resource_id = ?1")
      .bind(1, resource_id)
      .run();
}

void delete_table_definitions_of(Connection& connection, std::int64_t dataset_no) {
  connection
      .prepare(
          "DELETE FROM table_definition WHERE resource_id IN"
          " (SELECT id FROM resource WHERE dataset_no = ?1)")
      .bind(1, dataset_no)
      .run();
}

}  // namespace minato::storage::sqlite
