#include "storage/sqlite/catalog_writer.h"

#include <tuple>
#include <utility>

#include "storage/sqlite/dataset_rows.h"
#include "storage/sqlite/dataset_writes.h"
#include "storage/sqlite/group_rows.h"
#include "storage/sqlite/origin_rows.h"
#include "storage/sqlite/savepoint.h"
#include "storage/sqlite/sqlite_error.h"
#include "storage/sqlite/table_definition_rows.h"
#include "storage/sqlite/table_rows.h"
#include "storage/sqlite/tag_rows.h"

namespace minato::storage::sqlite {
namespace {

using core::Result;

// What datasets show of their organization and groups in searches.
auto shown(const core::Group& group) {
  return std::tie(group.kind, group.state, group.name, group.title, group.title_kana,
                  group.title_en);
}

bool group_name_taken(Connection& connection, const core::Group& group) {
  if (group.state == core::State::kDeleted) return false;
  Statement row =
      connection.prepare("SELECT 1 FROM catalog_group WHERE name = ?1 AND state <> 2 AND id <> ?2");
  row.bind_all(group.name, group.id);
  return row.step();
}

}  // namespace

Result<void> SqliteCatalogWriter::put_dataset(const core::Dataset& dataset) {
  const auto accepted = guarded([&] { return check_dataset(connection_, dataset); });
  if (!accepted) return accepted;
  return writes_.run([&] { return indexer_.index(save_dataset(connection_, dataset, change_)); });
}

Result<void> SqliteCatalogWriter::purge_dataset(std::string_view id) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    const auto dataset_no = find_dataset_by_id(connection_, id);
    if (!dataset_no) return {};
    if (auto removed = indexer_.remove(*dataset_no); !removed) return removed;
    delete_table_definitions_of(connection_, *dataset_no);
    delete_dataset(connection_, *dataset_no, change_);
    save_field_owners(connection_, id, {});
    return {};
  });
}

Result<void> SqliteCatalogWriter::put_group(const core::Group& group) {
  return in_savepoint(connection_, [&] { return replace_group(group); });
}

Result<void> SqliteCatalogWriter::replace_group(const core::Group& group) {
  if (group_name_taken(connection_, group)) return name_taken(group.name);
  std::optional<core::Group> before;
  if (const auto known = find_group_by_id(connection_, group.id)) {
    before = load_group(connection_, *known);
  }
  const std::int64_t group_no = save_group(connection_, group, change_);
  if (!before || shown(*before) == shown(group)) return {};
  return indexer_.touch(
      "SELECT dataset_no FROM dataset WHERE owner_no = ?1"
      " UNION SELECT dataset_no FROM dataset_group WHERE group_no = ?1",
      group_no, change_);
}

Result<void> SqliteCatalogWriter::purge_group(std::string_view id) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    const auto group_no = find_group_by_id(connection_, id);
    if (!group_no) return {};
    if (delete_group(connection_, *group_no)) return {};
    return core::fail(core::ErrorCode::kConflict, "group-in-use",
                      {"データセットが属しているため、完全に削除できません。",
                       "Datasets belong to it, so it cannot be purged."},
                      {"属するデータセットを完全に削除するか、別の組織・グループへ移してください。",
                       "Purge its datasets, or move them to another organization or group."});
  });
}

Result<void> SqliteCatalogWriter::put_vocabulary(const core::Vocabulary& vocabulary) {
  return in_savepoint(connection_, [&] { return replace_vocabulary(vocabulary); });
}

Result<void> SqliteCatalogWriter::replace_vocabulary(const core::Vocabulary& vocabulary) {
  if (!save_vocabulary(connection_, vocabulary)) return name_taken(vocabulary.name);
  Statement row = connection_.prepare("SELECT vocabulary_no FROM vocabulary WHERE id = ?1");
  row.bind(1, vocabulary.id);
  row.step();
  return indexer_.touch(
      "SELECT DISTINCT dt.dataset_no FROM tag t JOIN dataset_tag dt USING (tag_no)"
      " WHERE t.vocabulary_no = ?1",
      row.integer(0), change_);
}

Result<void> SqliteCatalogWriter::remove_vocabulary(std::string_view id) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    if (delete_vocabulary(connection_, id)) return {};
    return core::fail(core::ErrorCode::kConflict, "vocabulary-has-tags",
                      {"タグがあるため、語彙を削除できません。",
                       "The vocabulary has tags, so it cannot be deleted."},
                      {"先にその語彙のタグを削除してください。", "Delete its tags first."});
  });
}

Result<void> SqliteCatalogWriter::put_tag(const core::Tag& tag) {
  return in_savepoint(connection_, [&] { return replace_tag(tag); });
}

Result<void> SqliteCatalogWriter::replace_tag(const core::Tag& tag) {
  if (!vocabulary_exists(connection_, tag.vocabulary_id)) {
    return vocabulary_not_found(tag.vocabulary_id);
  }
  const auto tag_no = save_tag(connection_, tag);
  if (!tag_no) return name_taken(tag.name);
  return indexer_.touch(datasets_with_tag(connection_, *tag_no), change_);
}

Result<void> SqliteCatalogWriter::remove_tag(std::string_view id) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    const auto tag_no = find_tag_by_id(connection_, id);
    if (!tag_no) return {};
    const auto datasets = datasets_with_tag(connection_, *tag_no);
    delete_tag(connection_, *tag_no);
    return indexer_.touch(datasets, change_);
  });
}

Result<void> SqliteCatalogWriter::put_origin(const Origin& origin) {
  return writes_.run([&]() -> Result<void> {
    save_origin(connection_, origin);
    return {};
  });
}

Result<void> SqliteCatalogWriter::remove_origin(std::string_view source,
                                                std::string_view remote_id) {
  return writes_.run([&]() -> Result<void> {
    delete_origin(connection_, source, remote_id);
    return {};
  });
}

Result<void> SqliteCatalogWriter::put_source_confirmation(const SourceConfirmation& confirmation) {
  return writes_.run([&]() -> Result<void> {
    save_source_confirmation(connection_, confirmation);
    return {};
  });
}

Result<void> SqliteCatalogWriter::put_field_owners(std::string_view dataset_id,
                                                   const std::vector<FieldOwner>& owners) {
  return writes_.run([&]() -> Result<void> {
    save_field_owners(connection_, dataset_id, owners);
    return {};
  });
}

Result<void> SqliteCatalogWriter::publish_tables(std::string_view resource_id,
                                                 const std::vector<TableVersion>& tables) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    if (sqlite::publish_tables(connection_, resource_id, tables)) return {};
    return core::fail(core::ErrorCode::kConflict, "table-version-taken",
                      {"この表は同時に別の処理で更新されました。",
                       "Somebody else published this table at the same time."},
                      {"もう一度送ってください。", "Send it again."});
  });
}

Result<void> SqliteCatalogWriter::put_table_refusal(const TableRefusal& refusal) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    save_table_refusal(connection_, refusal);
    return {};
  });
}

Result<void> SqliteCatalogWriter::put_table_definition(const TableDefinition& definition) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    const auto taken = save_table_definition(connection_, definition);
    if (!taken) return {};
    return core::fail(core::ErrorCode::kConflict, "alias-taken",
                      {"別名「" + *taken + "」は別の表が使っています。",
                       "Another table has the alias " + *taken + "."},
                      {"別の名前を付けてください。", "Choose another name."});
  });
}

Result<void> SqliteCatalogWriter::remove_table_definition(std::string_view resource_id) {
  return writes_.run([&]() -> Result<void> {
    delete_table_definition(connection_, resource_id);
    return {};
  });
}

Result<void> SqliteCatalogWriter::forget_table_version(std::string_view table_id,
                                                       std::int64_t version) {
  return writes_.run([&]() -> Result<void> {
    delete_table_version(connection_, table_id, version);
    return {};
  });
}

}  // namespace minato::storage::sqlite
