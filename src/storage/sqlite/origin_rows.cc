#include "storage/sqlite/origin_rows.h"

namespace minato::storage::sqlite {

std::vector<Origin> list_origins(Connection& connection, std::string_view source) {
  Statement row = connection.prepare(
      "SELECT dataset_id, source, remote_id, document, hash, seen, removed FROM origin"
      " WHERE source = ?1 ORDER BY remote_id");
  row.bind(1, source);
  std::vector<Origin> origins;
  while (row.step()) {
    origins.push_back({row.string(0), row.string(1), row.string(2), row.string(3), row.string(4),
                       row.time(5), row.boolean(6)});
  }
  return origins;
}

void save_origin(Connection& connection, const Origin& origin) {
  Statement upsert = connection.prepare(
      "INSERT OR REPLACE INTO origin (source, remote_id, dataset_id, hash, seen, removed, document)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  upsert
      .bind_all(origin.source, origin.remote_id, origin.dataset_id, origin.hash, origin.seen,
                origin.removed, origin.document)
      .run();
}

std::vector<CatalogReader::MissedSearch> list_missed_searches(Connection& connection,
                                                              std::int64_t limit) {
  Statement row = connection.prepare(
      "SELECT text, count, last FROM missed_search ORDER BY count DESC, last DESC, text LIMIT ?1");
  row.bind(1, limit < 0 ? 0 : limit);
  std::vector<CatalogReader::MissedSearch> missed;
  while (row.step()) missed.push_back({row.string(0), row.integer(1), row.time(2)});
  return missed;
}

void add_missed_searches(Connection& connection,
                         const std::vector<CatalogReader::MissedSearch>& missed,
                         std::int64_t max_texts) {
  Statement upsert = connection.prepare(
      "INSERT INTO missed_search (text, count, last) VALUES (?1, ?2, ?3) ON CONFLICT (text)"
      " DO UPDATE SET count = count + excluded.count, last = max(last, excluded.last)");
  for (const auto& search : missed) {
    upsert.bind_all(search.text, search.count, search.last).run();
  }
  const auto surplus = connection.integer("SELECT count(*) FROM missed_search") - max_texts;
  if (surplus <= 0) return;
  // The rarest go, of these the oldest: somebody who sends thousands of texts cannot drive out what
  // people ask for again and again.
  connection
      .prepare(
          "DELETE FROM missed_search WHERE text IN"
          " (SELECT text FROM missed_search ORDER BY count, last LIMIT ?1)")
      .bind(1, surplus)
      .run();
}

}  // namespace minato::storage::sqlite
