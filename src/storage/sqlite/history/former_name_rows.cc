#include "storage/sqlite/history/former_name_rows.h"

namespace minato::storage::sqlite {
namespace {

std::optional<std::string> text(Connection& connection, std::string_view sql,
                                std::string_view key) {
  Statement row = connection.prepare(sql);
  row.bind(1, key);
  if (!row.step()) return std::nullopt;
  return row.string(0);
}

}  // namespace

std::optional<std::string> find_dataset_formerly(Connection& connection, std::string_view name) {
  return text(connection,
              "SELECT f.dataset_id FROM former_dataset_name f JOIN dataset d ON d.id = f.dataset_id"
              " WHERE f.name = ?1 AND d.name <> f.name AND NOT EXISTS"
              " (SELECT 1 FROM dataset WHERE name = ?1 AND state <> 2)",
              name);
}

std::optional<std::string> find_group_formerly(Connection& connection, std::string_view name) {
  return text(connection,
              "SELECT f.group_id FROM former_group_name f JOIN catalog_group g ON g.id = f.group_id"
              " WHERE f.name = ?1 AND g.name <> f.name AND NOT EXISTS"
              " (SELECT 1 FROM catalog_group WHERE name = ?1 AND state <> 2)",
              name);
}

void save_former_dataset_name(Connection& connection, std::string_view name,
                              std::string_view dataset_id) {
  connection
      .prepare(
          "INSERT INTO former_dataset_name (name, dataset_id) VALUES (?1, ?2)"
          " ON CONFLICT (name) DO UPDATE SET dataset_id = ?2")
      .bind_all(name, dataset_id)
      .run();
}

void save_former_group_name(Connection& connection, std::string_view name,
                            std::string_view group_id) {
  connection
      .prepare(
          "INSERT INTO former_group_name (name, group_id) VALUES (?1, ?2)"
          " ON CONFLICT (name) DO UPDATE SET group_id = ?2")
      .bind_all(name, group_id)
      .run();
}

std::optional<Tombstone> find_tombstone(Connection& connection, std::string_view dataset_id) {
  Statement row = connection.prepare(
      "SELECT dataset_id, reason, user_id, time FROM tombstone WHERE dataset_id = ?1");
  row.bind(1, dataset_id);
  if (!row.step()) return std::nullopt;
  return Tombstone{row.string(0), row.string(1), row.string(2), row.time(3)};
}

void save_tombstone(Connection& connection, const Tombstone& tombstone) {
  connection
      .prepare(
          "INSERT INTO tombstone (dataset_id, reason, user_id, time) VALUES (?1, ?2, ?3, ?4)"
          " ON CONFLICT (dataset_id) DO UPDATE SET (reason, user_id, time) = (?2, ?3, ?4)")
      .bind_all(tombstone.dataset_id, tombstone.reason, tombstone.user_id, tombstone.time)
      .run();
}

void delete_tombstone(Connection& connection, std::string_view dataset_id) {
  connection.prepare("DELETE FROM tombstone WHERE dataset_id = ?1").bind(1, dataset_id).run();
}

}  // namespace minato::storage::sqlite
