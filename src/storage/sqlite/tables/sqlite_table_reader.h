// Answers questions to one version of a table.
#pragma once

#include <memory>
#include <optional>

#include "storage/sqlite/tables/filter_sql.h"
#include "storage/sqlite/tables/open_table.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

// REQUIRES: `files` and `tables` outlive it.
class SqliteTableReader final : public TableReader {
 public:
  SqliteTableReader(const TableFiles& files, OpenTables& tables, std::unique_ptr<OpenTable> table,
                    core::Deadline deadline);
  ~SqliteTableReader() override;
  SqliteTableReader(const SqliteTableReader&) = delete;
  SqliteTableReader& operator=(const SqliteTableReader&) = delete;

  [[nodiscard]] const core::TableSchema& schema() const override { return *table_->schema; }
  core::Result<std::unique_ptr<RowCursor>> rows(const core::RowQuery& query) override;
  core::Result<core::RowCount> count(const core::Filter& filter, std::int64_t budget) override;
  core::Result<std::unique_ptr<RowCursor>> aggregate(const core::AggregateQuery& query) override;

 private:
  // The keys of the row that `after` names by its number.
  core::Result<core::RowPosition> locate(const core::RowQuery& query);
  RowSource source();
  std::optional<RowList> candidates(const WordMatcher& matcher);
  core::RowCount count_within(const SqlText& filter, std::int64_t budget);

  const TableFiles& files_;
  OpenTables& tables_;
  std::unique_ptr<OpenTable> table_;
  core::Deadline deadline_;
};

}  // namespace minato::storage::sqlite::tables
