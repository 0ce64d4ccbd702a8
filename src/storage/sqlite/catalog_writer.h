// CatalogWriter inside a transaction of the writer thread.
#pragma once

#include <cstdint>
#include <optional>

#include "storage/catalog_store.h"
#include "storage/sqlite/catalog_reader.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/dataset_indexer.h"

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
        reader_(connection, index, nullptr, static_cast<std::uint64_t>(change),
                core::Deadline::max()) {}

  [[nodiscard]] const std::optional<core::Error>& fault() const { return fault_; }

  CatalogReader& reader() override { return reader_; }
  core::Result<void> put_dataset(const core::Dataset& dataset) override;
  core::Result<void> purge_dataset(std::string_view id) override;
  core::Result<void> put_group(const core::Group& group) override;
  core::Result<void> put_vocabulary(const core::Vocabulary& vocabulary) override;
  core::Result<void> put_origin(const Origin& origin) override;
  core::Result<void> remove_origin(std::string_view source, std::string_view remote_id) override;
  core::Result<void> put_source_confirmation(const SourceConfirmation& confirmation) override;
  core::Result<void> put_field_owners(std::string_view dataset_id,
                                      const std::vector<FieldOwner>& owners) override;
  core::Result<void> publish_tables(std::string_view resource_id,
                                    const std::vector<TableVersion>& tables) override;
  core::Result<void> put_table_refusal(const TableRefusal& refusal) override;

 private:
  // Runs `work`, which cannot be refused any more. Without a savepoint: at each one FTS5 writes
  // down all it holds in memory, which made writes of many datasets three times as slow.
  template <typename Work>
  core::Result<void> write(Work&& work);
  core::Result<void> replace_group(const core::Group& group);
  core::Result<void> replace_vocabulary(const core::Vocabulary& vocabulary);

  Connection& connection_;
  DatasetIndexer& indexer_;
  std::int64_t change_;
  std::optional<core::Error> fault_;
  SqliteCatalogReader reader_;
};

}  // namespace minato::storage::sqlite
