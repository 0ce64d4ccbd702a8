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

std::int64_t save_row(Connection& connection, const core::Dataset& d,
                      std::optional<std::int64_t> owner_no, std::int64_t change) {
  Statement upsert = connection.prepare(
      "INSERT INTO dataset (id, state, is_private, change, created, modified, owner_no, name,"
      " creator_user_id, license_id, frequency, language, temporal_start, temporal_end, title,"
      " title_kana, title_en, version, author, author_email, maintainer, maintainer_email, url,"
      " contact_name, contact_email, contact_url, contact_phone, notes, notes_en)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)"
      " ON CONFLICT (id) DO UPDATE SET (state, is_private, change, created, modified, owner_no,"
      " name, creator_user_id, license_id, frequency, language, temporal_start, temporal_end,"
      " title, title_kana, title_en, version, author, author_email, maintainer, maintainer_email,"
      " url, contact_name, contact_email, contact_url, contact_phone, notes, notes_en)"
      " = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
      " ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29) RETURNING dataset_no");
  upsert.bind_all(d.id, static_cast<int>(d.state), d.is_private, change, d.created, d.modified,
                  owner_no, d.name, d.creator_user_id, d.license_id, d.frequency, d.language,
                  d.temporal.start, d.temporal.end, d.title, d.title_kana, d.title_en, d.version,
                  d.author, d.author_email, d.maintainer, d.maintainer_email, d.url, d.contact.name,
                  d.contact.email, d.contact.url, d.contact.phone, d.notes, d.notes_en);
  upsert.step();
  return upsert.integer(0);
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

Result<void> insert_tags(Connection& connection, std::int64_t dataset_no,
                         const core::Dataset& dataset) {
  std::vector<core::Tag> tags = dataset.tags;
  std::stable_sort(tags.begin(), tags.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
  Statement insert = connection.prepare("INSERT INTO dataset_tag VALUES (?1, ?2, ?3)");
  std::set<std::int64_t> seen;
  for (const core::Tag& tag : tags) {
    const auto tag_no = intern_tag(connection, tag);
    if (!tag_no) {
      return missing("vocabulary-not-found", "語彙", "vocabulary", tag.vocabulary_id);
    }
    if (!seen.insert(*tag_no).second) continue;
    insert.bind_all(dataset_no, static_cast<std::int64_t>(seen.size()), *tag_no).run();
  }
  return {};
}

Result<void> insert_groups(Connection& connection, std::int64_t dataset_no,
                           const core::Dataset& dataset) {
  Statement insert = connection.prepare("INSERT INTO dataset_group VALUES (?1, ?2, ?3)");
  std::set<std::int64_t> seen;
  for (const std::string& id : dataset.groups) {
    const auto group_no = find_group_by_id(connection, id);
    if (!group_no) return missing("group-not-found", "グループ", "group", id);
    if (!seen.insert(*group_no).second) continue;
    insert.bind_all(dataset_no, static_cast<std::int64_t>(seen.size()), *group_no).run();
  }
  return {};
}

}  // namespace

tl::unexpected<core::Error> name_taken(std::string_view name) {
  return core::fail(core::ErrorCode::kConflict, "name-taken",
                    {"名前「" + std::string(name) + "」は既に使われています。",
                     "The name " + std::string(name) + " is taken."},
                    {"別の名前を付けてください。", "Choose another name."});
}

Result<std::int64_t> save_dataset(Connection& connection, const core::Dataset& dataset,
                                  std::int64_t change) {
  if (auto free = check_name(connection, dataset); !free) return tl::unexpected(free.error());
  std::optional<std::int64_t> owner_no;
  if (!dataset.owner_org.empty()) {
    owner_no = find_group_by_id(connection, dataset.owner_org);
    if (!owner_no) {
      return missing("organization-not-found", "組織", "organization", dataset.owner_org);
    }
  }
  const std::int64_t dataset_no = save_row(connection, dataset, owner_no, change);
  clear_lists(connection, dataset_no);
  insert_codes(connection, dataset_no, 0, dataset.themes);
  insert_codes(connection, dataset_no, 1, dataset.spatial);
  insert_extras(connection, dataset_no, dataset);
  for (const auto insert : {&insert_tags, &insert_groups, &insert_resources}) {
    if (auto done = insert(connection, dataset_no, dataset); !done) {
      return tl::unexpected(done.error());
    }
  }
  return dataset_no;
}

void delete_dataset(Connection& connection, std::int64_t dataset_no, std::int64_t change) {
  connection.prepare("DELETE FROM dataset WHERE dataset_no = ?1").bind(1, dataset_no).run();
  connection.prepare("INSERT INTO purged_dataset VALUES (?1, ?2)")
      .bind_all(dataset_no, change)
      .run();
}

}  // namespace minato::storage::sqlite
