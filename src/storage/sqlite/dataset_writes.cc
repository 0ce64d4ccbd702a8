#include "storage/sqlite/dataset_writes.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/sqlite/dataset_rows.h"
#include "storage/sqlite/group_rows.h"
#include "storage/sqlite/resource_rows.h"
#include "storage/sqlite/tag_rows.h"

namespace minato::storage::sqlite {
namespace {

using core::Result;

tl::unexpected<core::Error> missing(std::string_view id, std::string_view what_ja,
                                    std::string_view what_en, const std::string& reference) {
  return core::fail(core::ErrorCode::kInvalidArgument, id,
                    {std::string(what_ja) + "「" + reference + "」は登録されていません。",
                     "There is no " + std::string(what_en) + " with the id " + reference + "."},
                    {"先に登録するか、登録済みの ID を指定してください。",
                     "Register it first, or give a registered id."});
}

Result<void> check_name(Connection& connection, const core::Dataset& dataset) {
  if (dataset.state == core::State::kDeleted) return {};
  Statement row =
      connection.prepare("SELECT id FROM dataset WHERE name = ?1 AND state <> 2 AND id <> ?2");
  row.bind_all(dataset.name, dataset.id);
  if (row.step()) return name_taken(dataset.name);
  return {};
}

Result<void> check_references(Connection& connection, const core::Dataset& dataset) {
  if (!dataset.owner_org.empty() && !find_group_by_id(connection, dataset.owner_org)) {
    return missing("organization-not-found", "組織", "organization", dataset.owner_org);
  }
  for (const core::Tag& tag : dataset.tags) {
    if (!vocabulary_exists(connection, tag.vocabulary_id)) {
      return vocabulary_not_found(tag.vocabulary_id);
    }
  }
  for (const std::string& id : dataset.groups) {
    if (!find_group_by_id(connection, id)) {
      return missing("group-not-found", "グループ", "group", id);
    }
  }
  return {};
}

// INSERT and UPDATE are apart: SQLite keeps what an upsert may have to take back, which costs more
// than the question which of them it is.
constexpr std::string_view kInsert =
    "INSERT INTO dataset (id, state, is_private, change, created, modified, owner_no, name,"
    " creator_user_id, license_id, frequency, language, temporal_start, temporal_end, title,"
    " title_kana, title_en, version, author, author_email, maintainer, maintainer_email, url,"
    " contact_name, contact_email, contact_url, contact_phone, notes, notes_en, publish_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
    " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)";
constexpr std::string_view kUpdate =
    "UPDATE dataset SET (state, is_private, change, created, modified, owner_no,"
    " name, creator_user_id, license_id, frequency, language, temporal_start, temporal_end,"
    " title, title_kana, title_en, version, author, author_email, maintainer, maintainer_email,"
    " url, contact_name, contact_email, contact_url, contact_phone, notes, notes_en, publish_at)"
    " = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
    " ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30) WHERE id = ?1";

void write_row(Connection& connection, const core::Dataset& d, std::string_view sql,
               std::int64_t change) {
  std::optional<std::int64_t> owner_no;
  if (!d.owner_org.empty()) owner_no = find_group_by_id(connection, d.owner_org);
  Statement row = connection.prepare(sql);
  row.bind_all(d.id, static_cast<int>(d.state), d.is_private, change, d.created, d.modified,
               owner_no, d.name, d.creator_user_id, d.license_id, d.frequency, d.language,
               d.temporal.start, d.temporal.end, d.title, d.title_kana, d.title_en, d.version,
               d.author, d.author_email, d.maintainer, d.maintainer_email, d.url, d.contact.name,
               d.contact.email, d.contact.url, d.contact.phone, d.notes, d.notes_en, d.publish_at);
  row.run();
}

void clear_lists(Connection& connection, std::int64_t dataset_no) {
  // Columns and extras of resources go with their resources.
  for (const std::string_view sql : {"DELETE FROM dataset_code WHERE dataset_no = ?1",
                                     "DELETE FROM dataset_tag WHERE dataset_no = ?1",
                                     "DELETE FROM dataset_group WHERE dataset_no = ?1",
                                     "DELETE FROM dataset_extra WHERE dataset_no = ?1",
                                     "DELETE FROM resource WHERE dataset_no = ?1"}) {
    connection.prepare(sql).bind(1, dataset_no).run();
  }
}

void insert_codes(Connection& connection, std::int64_t dataset_no, int kind,
                  const std::vector<std::string>& codes) {
  Statement insert = connection.prepare("INSERT INTO dataset_code VALUES (?1, ?2, ?3, ?4)");
  std::int64_t position = 0;
  for (const std::string& code : codes) {
    insert.bind_all(dataset_no, kind, position++, code).run();
  }
}

void insert_extras(Connection& connection, std::int64_t dataset_no, const core::Dataset& dataset) {
  std::vector<core::Extra> extras = dataset.extras;
  std::stable_sort(extras.begin(), extras.end(),
                   [](const auto& a, const auto& b) { return a.key < b.key; });
  Statement insert = connection.prepare("INSERT INTO dataset_extra VALUES (?1, ?2, ?3, ?4)");
  std::int64_t position = 0;
  for (const core::Extra& extra : extras) {
    insert.bind_all(dataset_no, position++, extra.key, extra.value).run();
  }
}

void insert_tags(Connection& connection, std::int64_t dataset_no, const core::Dataset& dataset) {
  std::vector<core::Tag> tags = dataset.tags;
  std::stable_sort(tags.begin(), tags.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
  Statement insert = connection.prepare("INSERT INTO dataset_tag VALUES (?1, ?2, ?3)");
  std::set<std::int64_t> seen;
  for (const core::Tag& tag : tags) {
    const std::int64_t tag_no = intern_tag(connection, tag).value();
    if (!seen.insert(tag_no).second) continue;
    insert.bind_all(dataset_no, static_cast<std::int64_t>(seen.size()), tag_no).run();
  }
}

void insert_groups(Connection& connection, std::int64_t dataset_no, const core::Dataset& dataset) {
  Statement insert = connection.prepare("INSERT INTO dataset_group VALUES (?1, ?2, ?3)");
  std::set<std::int64_t> seen;
  for (const std::string& id : dataset.groups) {
    const std::int64_t group_no = find_group_by_id(connection, id).value();
    if (!seen.insert(group_no).second) continue;
    insert.bind_all(dataset_no, static_cast<std::int64_t>(seen.size()), group_no).run();
  }
}

}  // namespace

tl::unexpected<core::Error> name_taken(std::string_view name) {
  return core::fail(core::ErrorCode::kConflict, "name-taken",
                    {"名前「" + std::string(name) + "」は既に使われています。",
                     "The name " + std::string(name) + " is taken."},
                    {"別の名前を付けてください。", "Choose another name."});
}

tl::unexpected<core::Error> vocabulary_not_found(const std::string& id) {
  return missing("vocabulary-not-found", "語彙", "vocabulary", id);
}

Result<void> check_dataset(Connection& connection, const core::Dataset& dataset) {
  if (auto free = check_name(connection, dataset); !free) return free;
  if (auto known = check_references(connection, dataset); !known) return known;
  return check_resource_ids(connection, dataset);
}

std::int64_t save_dataset(Connection& connection, const core::Dataset& dataset,
                          std::int64_t change) {
  auto dataset_no = find_dataset_by_id(connection, dataset.id);
  write_row(connection, dataset, dataset_no ? kUpdate : kInsert, change);
  if (dataset_no) {
    clear_lists(connection, *dataset_no);
  } else {
    dataset_no = connection.last_insert_rowid();
  }
  insert_codes(connection, *dataset_no, 0, dataset.themes);
  insert_codes(connection, *dataset_no, 1, dataset.spatial);
  insert_extras(connection, *dataset_no, dataset);
  insert_tags(connection, *dataset_no, dataset);
  insert_groups(connection, *dataset_no, dataset);
  insert_resources(connection, *dataset_no, dataset);
  return *dataset_no;
}

void delete_dataset(Connection& connection, std::int64_t dataset_no, std::int64_t change) {
  connection.prepare("DELETE FROM dataset WHERE dataset_no = ?1").bind(1, dataset_no).run();
  connection.prepare("INSERT INTO purged_dataset VALUES (?1, ?2)")
      .bind_all(dataset_no, change)
      .run();
}

}  // namespace minato::storage::sqlite
