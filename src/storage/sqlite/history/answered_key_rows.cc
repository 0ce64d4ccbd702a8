#include "storage/sqlite/history/answered_key_rows.h"

namespace minato::storage::sqlite {

std::optional<AnsweredKey> find_answered_key(Connection& connection, std::string_view user_id,
                                             std::string_view key) {
  Statement row = connection.prepare(
      "SELECT user_id, key, request_hash, result, time FROM answered_key"
      " WHERE user_id = ?1 AND key = ?2");
  row.bind_all(user_id, key);
  if (!row.step()) return std::nullopt;
  return AnsweredKey{row.string(0), row.string(1), row.string(2), row.string(3), row.time(4)};
}

void save_answered_key(Connection& connection, const AnsweredKey& key) {
  connection
      .prepare(
          "INSERT INTO answered_key (user_id, key, request_hash, time, result)"
          " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (user_id, key) DO UPDATE SET"
          " (request_hash, time, result) = (?3, ?4, ?5)")
      .bind_all(key.user_id, key.key, key.request_hash, key.time, key.result)
      .run();
}

void delete_answered_keys(Connection& connection, core::Timestamp older_than) {
  connection.prepare("DELETE FROM answered_key WHERE time < ?1").bind(1, older_than).run();
}

}  // namespace minato::storage::sqlite
