#include "storage/sqlite/dataset_indexer.h"

#include <optional>
#include <vector>

#include "storage/sqlite/dataset_rows.h"
#include "storage/sqlite/group_rows.h"
#include "storage/sqlite/sqlite_error.h"
#include "storage/sqlite/tag_rows.h"

namespace minato::storage::sqlite {
namespace {

using core::Result;

std::optional<core::Group> group_by_id(Connection& connection, const std::string& id) {
  const auto group_no = find_group_by_id(connection, id);
  if (!group_no) return std::nullopt;
  return load_group(connection, *group_no);
}

std::vector<std::int64_t> numbers(Statement& row) {
  std::vector<std::int64_t> found;
  while (row.step()) found.push_back(row.integer(0));
  return found;
}

}  // namespace

Result<void> DatasetIndexer::index(std::int64_t dataset_no) {
  const auto dataset = load_dataset(connection_, dataset_no);
  if (!dataset) return remove(dataset_no);
  std::optional<core::Group> organization;
  if (!dataset->owner_org.empty()) organization = group_by_id(connection_, dataset->owner_org);
  std::vector<core::Group> groups;
  for (const std::string& id : dataset->groups) {
    if (auto group = group_by_id(connection_, id)) groups.push_back(std::move(*group));
  }
  std::vector<core::Vocabulary> vocabularies;
  for (const core::Tag& tag : dataset->tags) {
    if (tag.vocabulary_id.empty()) continue;
    vocabularies = list_vocabularies(connection_);
    break;
  }
  return search_writer_.index(
      {dataset_no, *dataset, organization ? &*organization : nullptr, groups, vocabularies});
}

Result<void> DatasetIndexer::remove(std::int64_t dataset_no) {
  return search_writer_.remove(dataset_no);
}

Result<void> DatasetIndexer::touch(std::string_view sql, std::int64_t key, std::int64_t change) {
  std::vector<std::int64_t> touched;
  {
    Statement row = connection_.prepare(sql);
    row.bind(1, key);
    touched = numbers(row);
  }
  return touch(touched, change);
}

Result<void> DatasetIndexer::touch(const std::vector<std::int64_t>& dataset_nos,
                                   std::int64_t change) {
  for (const std::int64_t dataset_no : dataset_nos) {
    connection_.prepare("UPDATE dataset SET change = ?2 WHERE dataset_no = ?1")
        .bind_all(dataset_no, change)
        .run();
    if (auto indexed = index(dataset_no); !indexed) return indexed;
  }
  return {};
}

Result<void> DatasetIndexer::rebuild() {
  if (auto cleared = search_writer_.clear(); !cleared) return cleared;
  std::vector<std::int64_t> all;
  {
    Statement row = connection_.prepare("SELECT dataset_no FROM dataset ORDER BY dataset_no");
    all = numbers(row);
  }
  for (const std::int64_t dataset_no : all) {
    if (auto indexed = index(dataset_no); !indexed) return indexed;
  }
  connection_.prepare("UPDATE catalog_state SET index_version = ?1, revision = revision + 1")
      .bind(1, search::kIndexVersion)
      .run();
  return {};
}

Result<void> bring_index_up_to_date(Connection& connection) {
  constexpr std::string_view kHeldVersion = "SELECT index_version FROM catalog_state";
  return guarded([&]() -> Result<void> {
    if (connection.integer(kHeldVersion) == search::kIndexVersion) return {};
    connection.run("BEGIN IMMEDIATE");
    Result<void> rebuilt;
    // Another process may have been faster.
    if (connection.integer(kHeldVersion) != search::kIndexVersion) {
      rebuilt = guarded([&] { return DatasetIndexer(connection).rebuild(); });
    }
    if (rebuilt) {
      connection.run("COMMIT");
    } else if (connection.in_transaction()) {
      connection.run("ROLLBACK");
    }
    return rebuilt;
  });
}

}  // namespace minato::storage::sqlite
