#include "storage/sqlite/harvest/key_rows.h"

#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::harvest {

using Key = HarvestStore::Key;

std::vector<Key> find_keys(Connection& connection, const std::vector<std::string>& keys) {
  Statement row = connection.prepare(
      "SELECT key, source_id, remote_id FROM harvest_key WHERE key = ?1"
      " ORDER BY source_id, remote_id");
  std::vector<Key> holders;
  for (const std::string& key : keys) {
    row.bind(1, key);
    while (row.step()) {
      Key& holder = holders.emplace_back();
      read_row(row, holder.key, holder.source_id, holder.remote_id);
    }
    row.reset();
  }
  return holders;
}

void save_keys(Connection& connection, std::string_view source_id,
               const std::vector<std::string>& remote_ids, const std::vector<Key>& keys) {
  Statement clear =
      connection.prepare("DELETE FROM harvest_key WHERE source_id = ?1 AND remote_id = ?2");
  for (const std::string& remote_id : remote_ids) clear.bind_all(source_id, remote_id).run();
  Statement insert = connection.prepare(
      "INSERT INTO harvest_key (source_id, remote_id, key) VALUES (?1, ?2, ?3)"
      " ON CONFLICT DO NOTHING");
  for (const Key& key : keys) insert.bind_all(key.source_id, key.remote_id, key.key).run();
}

}  // namespace minato::storage::sqlite::harvest
