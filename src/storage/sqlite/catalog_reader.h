// CatalogReader over one connection: a pooled one with its own read transaction, or the writer's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/catalog_store.h"
#include "storage/sqlite/accounts/sqlite_accounts.h"
#include "storage/sqlite/ask.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/dataset_cache.h"
#include "storage/sqlite/history/sqlite_history.h"
#include "storage/sqlite/search/search_index.h"

namespace minato::storage::sqlite {

class SqliteCatalogReader : public CatalogReader {
 public:
  // REQUIRES: a transaction is open on `connection`, which sees `revision`; with a `cache` it sees
  // committed states only.
  SqliteCatalogReader(Connection& connection, search::SearchIndex& index, DatasetCache* cache,
                      std::uint64_t revision, core::Deadline deadline)
      : connection_(connection),
        index_(index),
        cache_(cache),
        revision_(revision),
        deadline_(deadline),
        accounts_(connection),
        history_(connection) {}

  [[nodiscard]] std::uint64_t revision() const override { return revision_; }
  core::Result<std::optional<core::Dataset>> dataset(std::string_view id_or_name) override;
  core::Result<std::optional<std::string>> dataset_of_resource(
      std::string_view resource_id) override;
  core::Result<std::vector<std::string>> dataset_names(std::int64_t offset,
                                                       std::int64_t limit) override;
  core::Result<core::SearchResult> search(const core::SearchRequest& request) override;
  core::Result<std::optional<core::Group>> group(core::GroupKind kind,
                                                 std::string_view id_or_name) override;
  core::Result<std::vector<core::Group>> groups(const GroupListRequest& request) override;
  core::Result<std::map<std::string, std::int64_t>> dataset_counts(core::GroupKind kind) override;
  core::Result<std::vector<core::Tag>> tags(const TagListRequest& request) override;
  core::Result<std::optional<core::Tag>> tag(std::string_view id_or_name,
                                             std::string_view vocabulary_id) override;
  core::Result<std::vector<core::Vocabulary>> vocabularies() override;
  core::Result<std::map<std::string, std::int64_t>> formats() override;
  core::Result<std::vector<Origin>> origins(std::string_view source) override;
  core::Result<std::optional<Origin>> origin(std::string_view source,
                                             std::string_view remote_id) override;
  core::Result<std::vector<Origin>> origins_of(std::string_view dataset_id) override;
  core::Result<std::optional<SourceConfirmation>> source_confirmation(
      std::string_view source) override;
  core::Result<std::vector<FieldOwner>> field_owners(std::string_view dataset_id) override;
  core::Result<std::optional<TableVersion>> table(std::string_view table_id) override;
  core::Result<std::vector<TableVersion>> table_versions(std::string_view table_id) override;
  core::Result<std::vector<TableVersion>> tables_of(std::string_view resource_id) override;
  core::Result<std::vector<std::string>> resources_with_table() override;
  core::Result<std::optional<TableRefusal>> table_refusal(std::string_view resource_id) override;
  core::Result<std::optional<TableDefinition>> table_definition(
      std::string_view resource_id) override;
  core::Result<std::optional<std::string>> resource_of_alias(std::string_view alias) override;
  core::Result<std::vector<std::string>> datasets_due(core::Timestamp now) override;
  core::Result<std::vector<std::string>> resources_to_import() override;
  core::Result<std::vector<std::string>> datasets_in(std::string_view group_id) override;
  AccountReader& accounts() override { return accounts_; }
  HistoryReader& history() override { return history_; }
  core::Result<std::vector<MissedSearch>> missed_searches(std::int64_t limit) override;

 private:
  template <typename Work>
  auto ask(Work&& work) {
    return sqlite::ask(connection_, std::forward<Work>(work));
  }
  std::map<std::string, std::int64_t> counts(std::string_view sql);
  core::SearchResult load_page(search::SearchHits hits, bool keep);
  std::shared_ptr<const core::Dataset> load(std::int64_t dataset_no, std::int64_t document,
                                            bool keep);

  Connection& connection_;
  search::SearchIndex& index_;
  DatasetCache* cache_;  // null: none
  std::uint64_t revision_;
  core::Deadline deadline_;
  SqliteAccountReader accounts_;
  SqliteHistoryReader history_;
};

}  // namespace minato::storage::sqlite
