#include "storage/sqlite/dataset_lists.h"

#include <utility>

namespace minato::storage::sqlite {
namespace {

std::vector<std::string> ids(Statement row) {
  std::vector<std::string> found;
  while (row.step()) found.push_back(row.string(0));
  return found;
}

}  // namespace

std::vector<std::string> list_datasets_due(Connection& connection, core::Timestamp now) {
  Statement row = connection.prepare(
      "SELECT id FROM dataset WHERE state = 1 AND publish_at IS NOT NULL AND publish_at <= ?1"
      " ORDER BY publish_at, id");
  row.bind(1, now);
  return ids(std::move(row));
}

std::vector<std::string> list_resources_to_import(Connection& connection) {
  return ids(connection.prepare(
      "SELECT r.id FROM resource r JOIN dataset d USING (dataset_no)"
      " LEFT JOIN table_version t ON t.resource_id = r.id AND t.part = 1 AND t.is_current = 1"
      " WHERE r.state = 0 AND r.blob <> '' AND d.state <> 2 AND t.blob IS NOT r.blob"
      " ORDER BY r.id"));
}

std::vector<std::string> list_datasets_in(Connection& connection, std::string_view group_id) {
  Statement row = connection.prepare(
      "SELECT d.id FROM dataset d JOIN catalog_group g ON g.group_no = d.owner_no"
      " WHERE g.id = ?1 AND d.state <> 2"
      " UNION SELECT d.id FROM dataset_group dg JOIN catalog_group g USING (group_no)"
      " JOIN dataset d USING (dataset_no) WHERE g.id = ?1 AND d.state <> 2 ORDER BY 1");
  row.bind(1, group_id);
  return ids(std::move(row));
}

}  // namespace minato::storage::sqlite
