#include "storage/sqlite/catalog_writer.h"

#include <tuple>
#include <utility>

#include "storage/sqlite/dataset_rows.h"
#include "storage/sqlite/dataset_writes.h"
#include "storage/sqlite/group_rows.h"
#include "storage/sqlite/origin_rows.h"
#include "storage/sqlite/savepoint.h"
#include "storage/sqlite/sqlite_error.h"
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

template <typename Work>
Result<void> SqliteCatalogWriter::write(Work&& work) {
  if (fault_) return tl::unexpected<core::Error>(*fault_);
  // The engine has ended it: what came now would be committed at once.
  if (!connection_.in_transaction()) return core::fail_internal("the transaction has ended");
  fault_ = core::fail_internal("a write has not come to its end").value();
  auto done = guarded(std::forward<Work>(work));
  fault_ = done ? std::nullopt : std::optional(done.error());
  return done;
}

Result<void> SqliteCatalogWriter::put_dataset(const core::Dataset& dataset) {
  const auto accepted = guarded([&] { return check_dataset(connection_, dataset); });
  if (!accepted) return accepted;
  return write([&] { return indexer_.index(save_dataset(connection_, dataset, change_)); });
}

Result<void> SqliteCatalogWriter::purge_dataset(std::string_view id) {
  return in_savepoint(connection_, [&]() -> Result<void> {
    const auto dataset_no = find_dataset_by_id(connection_, id);
    if (!dataset_no) return {};
    if (auto removed = indexer_.remove(*dataset_no); !removed) return removed;
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

Result<void> SqliteCatalogWriter::put_origin(const Origin& origin) {
  return write([&]() -> Result<void> {
    save_origin(connection_, origin);
    return {};
  });
}

Result<void> SqliteCatalogWriter::remove_origin(std::string_view source,
                                                std::string_view remote_id) {
  return write([&]() -> Result<void> {
    delete_origin(connection_, source, remote_id);
    return {};
  });
}

Result<void> SqliteCatalogWriter::put_source_confirmation(const SourceConfirmation& confirmation) {
  return write([&]() -> Result<void> {
    save_source_confirmation(connection_, confirmation);
    return {};
  });
}

Result<void> SqliteCatalogWriter::put_field_owners(std::string_view dataset_id,
                                                   const std::vector<FieldOwner>& owners) {
  return write([&]() -> Result<void> {
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

}  // namespace minato::storage::sqlite
