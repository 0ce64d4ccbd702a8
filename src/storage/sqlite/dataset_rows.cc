#include "storage/sqlite/dataset_rows.h"

#include "storage/sqlite/resource_rows.h"

namespace minato::storage::sqlite {
namespace {

std::optional<std::int64_t> number(Connection& connection, std::string_view sql,
                                   std::string_view key) {
  Statement statement = connection.prepare(sql);
  statement.bind(1, key);
  if (!statement.step()) return std::nullopt;
  return statement.integer(0);
}

core::Dataset read_row(const Statement& row) {
  core::Dataset dataset;
  int column = 0;
  dataset.id = row.string(column++);
  dataset.state = static_cast<core::State>(row.integer(column++));
  dataset.is_private = row.boolean(column++);
  dataset.created = row.time(column++);
  dataset.modified = row.time(column++);
  if (!row.is_null(column)) dataset.publish_at = row.time(column);
  ++column;
  dataset.owner_org = row.string(column++);
  for (std::string* field :
       {&dataset.name,         &dataset.creator_user_id, &dataset.license_id,
        &dataset.frequency,    &dataset.language,        &dataset.temporal.start,
        &dataset.temporal.end, &dataset.title,           &dataset.title_kana,
        &dataset.title_en,     &dataset.version,         &dataset.author,
        &dataset.author_email, &dataset.maintainer,      &dataset.maintainer_email,
        &dataset.url,          &dataset.contact.name,    &dataset.contact.email,
        &dataset.contact.url,  &dataset.contact.phone,   &dataset.notes,
        &dataset.notes_en}) {
    *field = row.text(column++);
  }
  return dataset;
}

void load_codes(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset) {
  Statement row = connection.prepare(
      "SELECT kind, code FROM dataset_code WHERE dataset_no = ?1 ORDER BY kind, position");
  row.bind(1, dataset_no);
  while (row.step()) {
    (row.integer(0) == 0 ? dataset.themes : dataset.spatial).push_back(row.string(1));
  }
}

void load_tags(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset) {
  Statement row = connection.prepare(
      "SELECT t.id, t.name, v.id FROM dataset_tag dt JOIN tag t USING (tag_no)"
      " LEFT JOIN vocabulary v USING (vocabulary_no)"
      " WHERE dt.dataset_no = ?1 ORDER BY dt.position");
  row.bind(1, dataset_no);
  while (row.step()) dataset.tags.push_back({row.string(0), row.string(1), row.string(2)});
}

void load_groups(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset) {
  Statement row = connection.prepare(
      "SELECT g.id FROM dataset_group dg JOIN catalog_group g USING (group_no)"
      " WHERE dg.dataset_no = ?1 ORDER BY dg.position");
  row.bind(1, dataset_no);
  while (row.step()) dataset.groups.push_back(row.string(0));
}

void load_extras(Connection& connection, std::int64_t dataset_no, core::Dataset& dataset) {
  Statement row = connection.prepare(
      "SELECT key, value FROM dataset_extra WHERE dataset_no = ?1 ORDER BY position");
  row.bind(1, dataset_no);
  while (row.step()) dataset.extras.push_back({row.string(0), row.string(1)});
}

}  // namespace

std::optional<std::int64_t> find_dataset_by_id(Connection& connection, std::string_view id) {
  return number(connection, "SELECT dataset_no FROM dataset WHERE id = ?1", id);
}

std::optional<std::int64_t> find_dataset(Connection& connection, std::string_view id_or_name) {
  if (auto found = find_dataset_by_id(connection, id_or_name)) return found;
  if (auto found =
          number(connection, "SELECT dataset_no FROM dataset WHERE name = ?1 AND state <> 2",
                 id_or_name)) {
    return found;
  }
  return number(connection,
                "SELECT dataset_no FROM dataset WHERE name = ?1 AND state = 2"
                " ORDER BY change DESC, dataset_no DESC LIMIT 1",
                id_or_name);
}

std::optional<core::Dataset> load_dataset(Connection& connection, std::int64_t dataset_no) {
  std::optional<core::Dataset> dataset;
  {
    Statement row = connection.prepare(
        "SELECT d.id, d.state, d.is_private, d.created, d.modified, d.publish_at, g.id, d.name,"
        " d.creator_user_id, d.license_id, d.frequency, d.language, d.temporal_start,"
        " d.temporal_end, d.title, d.title_kana, d.title_en, d.version, d.author, d.author_email,"
        " d.maintainer, d.maintainer_email, d.url, d.contact_name, d.contact_email, d.contact_url,"
        " d.contact_phone, d.notes, d.notes_en FROM dataset d"
        " LEFT JOIN catalog_group g ON g.group_no = d.owner_no WHERE d.dataset_no = ?1");
    row.bind(1, dataset_no);
    if (!row.step()) return std::nullopt;
    dataset = read_row(row);
  }
  load_codes(connection, dataset_no, *dataset);
  load_tags(connection, dataset_no, *dataset);
  load_groups(connection, dataset_no, *dataset);
  load_extras(connection, dataset_no, *dataset);
  load_resources(connection, dataset_no, *dataset);
  return dataset;
}

}  // namespace minato::storage::sqlite
