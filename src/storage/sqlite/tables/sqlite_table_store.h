// TableStore over one SQLite file per version.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <utility>

#include "storage/sqlite/tables/open_table.h"
#include "storage/sqlite/tables/open_table_store.h"
#include "storage/sqlite/tables/table_files.h"

namespace minato::storage::sqlite::tables {

// REQUIRES: its writers and readers end before it does.
class SqliteTableStore final : public TableStore {
 public:
  SqliteTableStore(TableFiles files, const TableStoreOptions& options)
      : files_(std::move(files)), options_(options), open_tables_(options.max_idle_tables) {}

  core::Result<std::unique_ptr<TableWriter>> create(const TableKey& key,
                                                    const core::TableSchema& schema) override;
  core::Result<std::unique_ptr<TableReviser>> revise(const std::optional<TableKey>& from,
                                                     const TableKey& to) override;
  core::Result<std::int64_t> free_version(std::string_view table_id,
                                          std::int64_t at_least) override;
  core::Result<std::shared_ptr<const core::TableSchema>> schema(const TableKey& key) override;
  core::Result<ReadingNotes> notes(const TableKey& key) override;
  core::Result<std::unique_ptr<TableReader>> read(const TableKey& key,
                                                  core::Deadline deadline) override;
  core::Result<void> index_text(const TableKey& key, const std::atomic<bool>* stop) override;
  core::Result<void> remove(const TableKey& key) override;
  core::Result<std::int64_t> size(const TableKey& key) override;

 private:
  struct KnownSchema {
    TableKey key;
    FileIdentity identity;
    SchemaPointer schema;
  };
  core::Result<std::unique_ptr<OpenTable>> open(const TableKey& key);
  SchemaPointer known_schema(const TableKey& key, const FileIdentity& identity);
  void remember(const OpenTable& table);
  void forget(const TableKey& key);

  const TableFiles files_;
  const TableStoreOptions options_;
  OpenTables open_tables_;
  std::mutex mutex_;
  std::list<KnownSchema> schemas_;  // the one used last in front
  std::mutex indexing_;             // one text index at a time: each takes memory
};

}  // namespace minato::storage::sqlite::tables
