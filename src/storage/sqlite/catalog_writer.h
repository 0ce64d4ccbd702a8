// CatalogWriter inside a transaction of the writer thread.
#pragma once

#include <cstdint>
#include <optional>

#include "storage/catalog_store.h"
#include "storage/sqlite/catalog_reader.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/dataset_indexer.h"
#include "storage/sqlite/plain_writes.h"

namespace minato::storage::sqlite {

// REQUIRES: a write transaction is open. Each put that is refused leaves nothing, also when the
// caller goes on after its error. When the engine fails in the middle of one, fault() says so, and
// the transaction must not be committed.
class SqliteCatalogWriter final : public CatalogWriter {
 public:
  // `change` is the revision that the transaction makes.
  SqliteCatalogWriter(Connection& connection, DatasetIndexer& indexer, search::SearchIndex& index,
                      std::int64_t change)
      : connection_(connection),
        indexer_(indexer),
        change_(change),
        writes_(connection),
        reader_(connection, index, nullptr, static_cast<std::uint64_t>(change),
                core::Deadline::max()),
        accounts_(connection, writes_),
        history_(connection, writes_) {}

  [[nodiscard]] const std::optional<core::Error>& fault() const { return writes_.fault(); }

  CatalogReader& reader() override { return reader_; }
  core::Result<void> put_dataset(const core::Dataset& dataset) override;
  core::Result<void> purge_dataset(std::string_view id) override;
  core::Result<void> put_group(const core::Group& group) override;
  core::Result<void> purge_group(std::string_view id) override;
  core::Result<void> put_vocabulary(const core::Vocabulary& vocabulary) override;
  core::Result<void> remove_vocabulary(std::string_view id) override;
  core::Result<void> put_tag(const core::Tag& tag) override;
  core::Result<void> remove_tag(std::string_view id) override;
  core::Result<void> put_origin(const Origin& origin) override;
  core::Result<void> remove_origin(std::string_view source, std::string_view remote_id) override;
  core::Result<void> put_source_confirmation(const SourceConfirmation& confirmation) override;
  core::Result<void> put_field_owners(std::string_view dataset_id,
                                      const std::vector<FieldOwner>& owners) override;
  core::Result<void> publish_tables(std::string_view resource_id,
                                    const std::vector<TableVersion>& tables) override;
  core::Result<void> put_table_refusal(const TableRefusal& refusal) override;
  core::Result<void> put_table_definition(const TableDefinition& definition) override;
  core::Result<void> remove_table_definition(std::string_view resource_id) override;
  core::Result<void> forget_table_version(std::string_view table_id, std::int64_t version) override;
  AccountWriter& accounts() override { return accounts_; }
  HistoryWriter& history() override { return history_; }

 private:
  core::Result<void> replace_group(const core::Group& group);
  core::Result<void> replace_vocabulary(const core::Vocabulary& vocabulary);
  core::Result<void> replace_tag(const core::Tag& tag);

  Connection& connection_;
  DatasetIndexer& indexer_;
  std::int64_t change_;
  PlainWrites writes_;
  SqliteCatalogReader reader_;
  SqliteAccountWriter accounts_;
  SqliteHistoryWriter history_;
};

}  // namespace minato::storage::sqlite
