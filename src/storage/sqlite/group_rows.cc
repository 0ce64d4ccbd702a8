#include "storage/sqlite/group_rows.h"

#include <string>
#include <unordered_set>

namespace minato::storage::sqlite {
namespace {

std::optional<double> optional_real(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.real(column);
}

core::Group read_row(const Statement& row) {
  core::Group group;
  int column = 0;
  group.id = row.string(column++);
  group.kind = static_cast<core::GroupKind>(row.integer(column++));
  group.state = static_cast<core::State>(row.integer(column++));
  group.created = row.time(column++);
  group.latitude = optional_real(row, column++);
  group.longitude = optional_real(row, column++);
  for (std::string* field : {&group.name, &group.title, &group.title_kana, &group.title_en,
                             &group.parent, &group.municipality_kind, &group.county,
                             &group.image_url, &group.homepage, &group.description}) {
    *field = row.text(column++);
  }
  return group;
}

void save_extras(Connection& connection, std::int64_t group_no, const core::Group& group) {
  Statement clear = connection.prepare("DELETE FROM group_extra WHERE group_no = ?1");
  clear.bind(1, group_no).run();
  Statement insert = connection.prepare("INSERT INTO group_extra VALUES (?1, ?2, ?3, ?4)");
  std::int64_t position = 0;
  for (const core::Extra& extra : group.extras) {
    insert.bind_all(group_no, position++, extra.key, extra.value).run();
  }
}

}  // namespace

std::optional<std::int64_t> find_group_by_id(Connection& connection, std::string_view id) {
  Statement row = connection.prepare("SELECT group_no FROM catalog_group WHERE id = ?1");
  row.bind(1, id);
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

std::optional<std::int64_t> find_group(Connection& connection, core::GroupKind kind,
                                       std::string_view id_or_name) {
  for (const std::string_view sql :
       {"SELECT group_no FROM catalog_group WHERE id = ?1 AND kind = ?2",
        "SELECT group_no FROM catalog_group WHERE name = ?1 AND state <> 2 AND kind = ?2",
        "SELECT group_no FROM catalog_group WHERE name = ?1 AND state = 2 AND kind = ?2"
        " ORDER BY change DESC, group_no DESC LIMIT 1"}) {
    Statement row = connection.prepare(sql);
    row.bind_all(id_or_name, static_cast<int>(kind));
    if (row.step()) return row.integer(0);
  }
  return std::nullopt;
}

std::optional<core::Group> load_group(Connection& connection, std::int64_t group_no) {
  std::optional<core::Group> group;
  {
    Statement row = connection.prepare(
        "SELECT id, kind, state, created, latitude, longitude, name, title, title_kana, title_en,"
        " parent, municipality_kind, county, image_url, homepage, description"
        " FROM catalog_group WHERE group_no = ?1");
    row.bind(1, group_no);
    if (!row.step()) return std::nullopt;
    group = read_row(row);
  }
  Statement extra = connection.prepare(
      "SELECT key, value FROM group_extra WHERE group_no = ?1 ORDER BY position");
  extra.bind(1, group_no);
  while (extra.step()) group->extras.push_back({extra.string(0), extra.string(1)});
  return group;
}

std::vector<core::Group> list_groups(Connection& connection, const GroupListRequest& request) {
  const std::unordered_set<std::string> names(request.names.begin(), request.names.end());
  std::vector<std::int64_t> numbers;
  {
    Statement row = connection.prepare(
        "SELECT group_no, name FROM catalog_group WHERE kind = ?1 AND state <> 2 AND (?2 = ''"
        " OR instr(minato_fold(name), minato_fold(?2)) > 0"
        " OR instr(minato_fold(title), minato_fold(?2)) > 0"
        " OR instr(minato_fold(title_kana), minato_fold(?2)) > 0"
        " OR instr(minato_fold(title_en), minato_fold(?2)) > 0) ORDER BY title, name");
    row.bind_all(static_cast<int>(request.kind), request.query);
    while (row.step()) {
      if (names.empty() || names.contains(row.string(1))) numbers.push_back(row.integer(0));
    }
  }
  std::vector<core::Group> groups;
  groups.reserve(numbers.size());
  for (const std::int64_t group_no : numbers) {
    if (auto group = load_group(connection, group_no)) groups.push_back(std::move(*group));
  }
  return groups;
}

std::int64_t save_group(Connection& connection, const core::Group& group, std::int64_t change) {
  std::int64_t group_no = 0;
  {
    Statement upsert = connection.prepare(
        "INSERT INTO catalog_group (id, change, kind, state, created, latitude, longitude, name,"
        " title, title_kana, title_en, parent, municipality_kind, county, image_url, homepage,"
        " description) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
        " ?16, ?17) ON CONFLICT (id) DO UPDATE SET (change, kind, state, created, latitude,"
        " longitude, name, title, title_kana, title_en, parent, municipality_kind, county,"
        " image_url, homepage, description) = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
        " ?14, ?15, ?16, ?17) RETURNING group_no");
    upsert.bind_all(group.id, change, static_cast<int>(group.kind), static_cast<int>(group.state),
                    group.created, group.latitude, group.longitude, group.name, group.title,
                    group.title_kana, group.title_en, group.parent, group.municipality_kind,
                    group.county, group.image_url, group.homepage, group.description);
    upsert.step();
    group_no = upsert.integer(0);
  }
  save_extras(connection, group_no, group);
  return group_no;
}

bool delete_group(Connection& connection, std::int64_t group_no) {
  {
    Statement used = connection.prepare(
        "SELECT 1 FROM dataset WHERE owner_no = ?1"
        " UNION ALL SELECT 1 FROM dataset_group WHERE group_no = ?1 LIMIT 1");
    used.bind(1, group_no);
    if (used.step()) return false;
  }
  connection.prepare("DELETE FROM catalog_group WHERE group_no = ?1").bind(1, group_no).run();
  return true;
}

}  // namespace minato::storage::sqlite
