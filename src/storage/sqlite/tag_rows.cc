#include "storage/sqlite/tag_rows.h"

#include <string>

#include "core/uuid.h"

namespace minato::storage::sqlite {
namespace {

core::Tag read_row(const Statement& row) { return {row.string(0), row.string(1), row.string(2)}; }

// The number of the vocabulary, 0 for the free tags; nothing when it does not exist.
std::optional<std::int64_t> vocabulary_number(Connection& connection, std::string_view id) {
  if (id.empty()) return 0;
  Statement row = connection.prepare("SELECT vocabulary_no FROM vocabulary WHERE id = ?1");
  row.bind(1, id);
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

std::optional<std::int64_t> tag_number(Connection& connection, std::int64_t vocabulary_no,
                                       std::string_view name) {
  Statement row = connection.prepare(
      vocabulary_no == 0 ? "SELECT tag_no FROM tag WHERE name = ?1 AND vocabulary_no IS NULL"
                         : "SELECT tag_no FROM tag WHERE name = ?1 AND vocabulary_no = ?2");
  row.bind(1, name);
  if (vocabulary_no != 0) row.bind(2, vocabulary_no);
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

}  // namespace

std::vector<core::Tag> list_tags(Connection& connection, const TagListRequest& request) {
  Statement row = connection.prepare(
      "SELECT t.id, t.name, ?1 FROM tag t WHERE t.vocabulary_no IS"
      " (SELECT vocabulary_no FROM vocabulary WHERE id = ?1)"
      " AND (?2 = '' OR instr(minato_fold(t.name), minato_fold(?2)) > 0)"
      " AND (?3 OR EXISTS (SELECT 1 FROM dataset_tag dt JOIN dataset d USING (dataset_no)"
      "                    WHERE dt.tag_no = t.tag_no AND d.state = 0 AND d.is_private = 0))"
      " ORDER BY t.name");
  std::vector<core::Tag> tags;
  if (!vocabulary_number(connection, request.vocabulary_id)) return tags;
  row.bind_all(request.vocabulary_id, request.query, request.include_unused);
  while (row.step()) tags.push_back(read_row(row));
  return tags;
}

std::optional<core::Tag> find_tag(Connection& connection, std::string_view id_or_name,
                                  std::string_view vocabulary_id) {
  {
    Statement by_id = connection.prepare(
        "SELECT t.id, t.name, v.id FROM tag t LEFT JOIN vocabulary v USING (vocabulary_no)"
        " WHERE t.id = ?1");
    by_id.bind(1, id_or_name);
    if (by_id.step()) return read_row(by_id);
  }
  const auto vocabulary_no = vocabulary_number(connection, vocabulary_id);
  if (!vocabulary_no) return std::nullopt;
  const auto tag_no = tag_number(connection, *vocabulary_no, id_or_name);
  if (!tag_no) return std::nullopt;
  Statement by_number = connection.prepare("SELECT id, name, ?2 FROM tag WHERE tag_no = ?1");
  by_number.bind_all(*tag_no, vocabulary_id);
  by_number.step();
  return read_row(by_number);
}

bool vocabulary_exists(Connection& connection, std::string_view id) {
  return vocabulary_number(connection, id).has_value();
}

std::optional<std::int64_t> intern_tag(Connection& connection, const core::Tag& tag) {
  const auto vocabulary_no = vocabulary_number(connection, tag.vocabulary_id);
  if (!vocabulary_no) return std::nullopt;
  if (const auto known = tag_number(connection, *vocabulary_no, tag.name)) return known;
  Statement insert = connection.prepare(
      "INSERT INTO tag (id, vocabulary_no, name) VALUES (?1, nullif(?2, 0), ?3)");
  // The same tag has the same id in every installation. A slash cannot be part of an id.
  const std::string id = core::stable_uuid("tag", tag.vocabulary_id + "/" + tag.name);
  insert.bind_all(id, *vocabulary_no, tag.name);
  insert.run();
  return connection.last_insert_rowid();
}

std::optional<std::int64_t> find_tag_by_id(Connection& connection, std::string_view id) {
  Statement row = connection.prepare("SELECT tag_no FROM tag WHERE id = ?1");
  row.bind(1, id);
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

std::optional<std::int64_t> save_tag(Connection& connection, const core::Tag& tag) {
  const std::int64_t vocabulary_no = vocabulary_number(connection, tag.vocabulary_id).value();
  const auto known = find_tag_by_id(connection, tag.id);
  const auto holder = tag_number(connection, vocabulary_no, tag.name);
  if (holder && holder != known) return std::nullopt;
  if (!known) {
    connection.prepare("INSERT INTO tag (id, vocabulary_no, name) VALUES (?1, nullif(?2, 0), ?3)")
        .bind_all(tag.id, vocabulary_no, tag.name)
        .run();
    return connection.last_insert_rowid();
  }
  connection.prepare("UPDATE tag SET vocabulary_no = nullif(?2, 0), name = ?3 WHERE tag_no = ?1")
      .bind_all(*known, vocabulary_no, tag.name)
      .run();
  return known;
}

std::vector<std::int64_t> datasets_with_tag(Connection& connection, std::int64_t tag_no) {
  Statement row = connection.prepare("SELECT dataset_no FROM dataset_tag WHERE tag_no = ?1");
  row.bind(1, tag_no);
  std::vector<std::int64_t> datasets;
  while (row.step()) datasets.push_back(row.integer(0));
  return datasets;
}

void delete_tag(Connection& connection, std::int64_t tag_no) {
  connection.prepare("DELETE FROM dataset_tag WHERE tag_no = ?1").bind(1, tag_no).run();
  connection.prepare("DELETE FROM tag WHERE tag_no = ?1").bind(1, tag_no).run();
}

std::vector<core::Vocabulary> list_vocabularies(Connection& connection) {
  std::vector<core::Vocabulary> vocabularies;
  Statement row = connection.prepare("SELECT id, name FROM vocabulary ORDER BY name");
  while (row.step()) vocabularies.push_back({row.string(0), row.string(1)});
  return vocabularies;
}

bool save_vocabulary(Connection& connection, const core::Vocabulary& vocabulary) {
  {
    Statement taken = connection.prepare("SELECT 1 FROM vocabulary WHERE name = ?1 AND id <> ?2");
    taken.bind_all(vocabulary.name, vocabulary.id);
    if (taken.step()) return false;
  }
  Statement upsert = connection.prepare(
      "INSERT INTO vocabulary (id, name) VALUES (?1, ?2)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name");
  upsert.bind_all(vocabulary.id, vocabulary.name).run();
  return true;
}

bool delete_vocabulary(Connection& connection, std::string_view id) {
  {
    Statement tagged = connection.prepare(
        "SELECT 1 FROM tag JOIN vocabulary v USING (vocabulary_no) WHERE v.id = ?1 LIMIT 1");
    tagged.bind(1, id);
    if (tagged.step()) return false;
  }
  connection.prepare("DELETE FROM vocabulary WHERE id = ?1").bind(1, id).run();
  return true;
}

}  // namespace minato::storage::sqlite
