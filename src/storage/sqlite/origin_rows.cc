#include "storage/sqlite/origin_rows.h"

namespace minato::storage::sqlite {

namespace {

Origin read_origin(Statement& row) {
  return {row.string(0), row.string(1), row.string(2), row.string(3),
          row.string(4), row.time(5),   row.boolean(6)};
}

std::vector<Origin> read_origins(Statement& row) {
  std::vector<Origin> origins;
  while (row.step()) origins.push_back(read_origin(row));
  return origins;
}

}  // namespace

std::vector<Origin> list_origins(Connection& connection, std::string_view source) {
  Statement row = connection.prepare(
      "SELECT dataset_id, source, remote_id, document, hash, seen, removed FROM origin"
      " WHERE source = ?1 ORDER BY remote_id");
  row.bind(1, source);
  return read_origins(row);
}

std::optional<Origin> find_origin(Connection& connection, std::string_view source,
                                  std::string_view remote_id) {
  Statement row = connection.prepare(
      "SELECT dataset_id, source, remote_id, document, hash, seen, removed FROM origin"
      " WHERE source = ?1 AND remote_id = ?2");
  row.bind_all(source, remote_id);
  if (!row.step()) return std::nullopt;
  return read_origin(row);
}

std::vector<Origin> list_origins_of(Connection& connection, std::string_view dataset_id) {
  Statement row = connection.prepare(
      "SELECT dataset_id, source, remote_id, document, hash, seen, removed FROM origin"
      " WHERE dataset_id = ?1 ORDER BY source, remote_id");
  row.bind(1, dataset_id);
  return read_origins(row);
}

void delete_origin(Connection& connection, std::string_view source, std::string_view remote_id) {
  connection.prepare("DELETE FROM origin WHERE source = ?1 AND remote_id = ?2")
      .bind_all(source, remote_id)
      .run();
}

std::optional<SourceConfirmation> find_source_confirmation(Connection& connection,
                                                           std::string_view source) {
  Statement row = connection.prepare(
      "SELECT source, title, url, confirmed FROM source_confirmation WHERE source = ?1");
  row.bind(1, source);
  if (!row.step()) return std::nullopt;
  return SourceConfirmation{row.string(0), row.string(1), row.string(2), row.time(3)};
}

void save_source_confirmation(Connection& connection, const SourceConfirmation& confirmation) {
  connection
      .prepare(
          "INSERT OR REPLACE INTO source_confirmation (source, title, url, confirmed)"
          " VALUES (?1, ?2, ?3, ?4)")
      .bind_all(confirmation.source, confirmation.title, confirmation.url, confirmation.confirmed)
      .run();
}

std::vector<FieldOwner> list_field_owners(Connection& connection, std::string_view dataset_id) {
  Statement row = connection.prepare(
      "SELECT pointer, owner, since FROM field_owner WHERE dataset_id = ?1 ORDER BY pointer");
  row.bind(1, dataset_id);
  std::vector<FieldOwner> owners;
  while (row.step()) owners.push_back({row.string(0), row.string(1), row.time(2)});
  return owners;
}

void save_field_owners(Connection& connection, std::string_view dataset_id,
                       const std::vector<FieldOwner>& owners) {
  connection.prepare("DELETE FROM field_owner WHERE dataset_id = ?1").bind(1, dataset_id).run();
  Statement insert = connection.prepare(
      "INSERT INTO field_owner (dataset_id, pointer, owner, since) VALUES (?1, ?2, ?3, ?4)");
  for (const FieldOwner& owner : owners) {
    insert.bind_all(dataset_id, owner.pointer, owner.owner, owner.since).run();
  }
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
