// Writes one table file.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/tables/batch_worker.h"
#include "storage/sqlite/tables/row_profile.h"
#include "storage/sqlite/tables/table_files.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

// Rows go in batches to two threads: one inserts them, one learns from them. Small tables need
// neither.
class SqliteTableWriter final : public TableWriter {
 public:
  // "table-too-wide" (kInvalidArgument): more than kMaxColumns.
  static core::Result<std::unique_ptr<SqliteTableWriter>> open(const TableFiles& files,
                                                               const TableKey& key,
                                                               const core::TableSchema& schema);

  core::Result<void> append(std::span<const core::ValueView> row) override;
  core::Result<core::TableSchema> finish(const ReadingNotes& notes) override;

 private:
  SqliteTableWriter(const TableFiles& files, TableKey key, const core::TableSchema& schema,
                    TableDraft draft);
  void create_tables();
  core::Result<void> check(std::span<const core::ValueView> row) const;
  core::Result<void> hand_over();
  core::Result<void> insert(const RowBatch& batch);
  core::Result<void> write_rest(const ReadingNotes& notes);

  const TableFiles& files_;
  TableKey key_;
  core::TableSchema schema_;
  TableDraft draft_;
  std::unique_ptr<Connection> connection_;
  RowProfile profile_;
  std::shared_ptr<RowBatch> batch_;
  BatchWorker inserting_;
  BatchWorker profiling_;
};

}  // namespace minato::storage::sqlite::tables
