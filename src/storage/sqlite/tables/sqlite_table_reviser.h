// Changes rows in a copy of a table file.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/tables/table_files.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

class SqliteTableReviser final : public TableReviser {
 public:
  static core::Result<std::unique_ptr<TableReviser>> open(const TableFiles& files,
                                                          const std::optional<TableKey>& from,
                                                          const TableKey& to);

  [[nodiscard]] const core::TableSchema& schema() const override { return schema_; }
  [[nodiscard]] std::int64_t rows() const override { return rows_; }
  core::Result<void> set_columns(const std::vector<core::TableColumn>& columns,
                                 const std::vector<std::optional<std::size_t>>& from) override;
  core::Result<bool> set_key(std::span<const std::size_t> columns) override;
  core::Result<std::optional<std::int64_t>> find(std::span<const core::ValueView> key) override;
  core::Result<std::optional<std::int64_t>> add(std::span<const core::ValueView> row) override;
  core::Result<Change> change(std::int64_t row, std::span<const CellChange> cells) override;
  core::Result<bool> remove(std::int64_t row) override;
  core::Result<core::TableSchema> finish() override;

 private:
  SqliteTableReviser(const TableFiles& files, TableKey key, TableDraft draft)
      : files_(files), key_(std::move(key)), draft_(std::move(draft)) {}
  void begin(bool is_copy);
  void read_key();
  void use_key(std::vector<std::size_t> columns);
  void rebuild(std::size_t columns, const std::vector<std::optional<std::size_t>>& from);
  core::Result<void> close_file();

  const TableFiles& files_;
  TableKey key_;
  TableDraft draft_;
  std::unique_ptr<Connection> connection_;
  core::TableSchema schema_;
  ReadingNotes notes_;
  std::int64_t rows_ = 0;
  std::int64_t next_row_ = 1;
  std::vector<std::size_t> key_columns_;
  std::string find_sql_;
  std::string add_sql_;
};

}  // namespace minato::storage::sqlite::tables
