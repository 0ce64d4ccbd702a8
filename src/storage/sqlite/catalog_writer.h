// CatalogWriter inside a transaction of the writer thread.
#pragma once

#include <cstdint>

#include "storage/catalog_store.h"
#include "storage/sqlite/catalog_reader.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/dataset_indexer.h"

namespace minato::storage::sqlite {

// REQUIRES: a write transaction is open. Each put happens whole or not at all, also when the caller
// goes on after its error.
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

  CatalogReader& reader() override { return reader_; }
  core::Result<void> put_dataset(const core::Dataset& dataset) override;
  core::Result<void> purge_dataset(std::string_view id) override;
  core::Result<void> put_group(const core::Group& group) override;
  core::Result<void> put_vocabulary(const core::Vocabulary& vocabulary) override;
  core::Result<void> put_origin(const Origin& origin) override;

 private:
  core::Result<void> replace_group(const core::Group& group);
  core::Result<void> replace_vocabulary(const core::Vocabulary& vocabulary);

  Connection& connection_;
  DatasetIndexer& indexer_;
  std::int64_t change_;
  SqliteCatalogReader reader_;
};

}  // namespace minato::storage::sqlite
