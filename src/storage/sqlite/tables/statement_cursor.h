// The rows of one or several statements.
#pragma once

#include <optional>
#include <vector>

#include "storage/sqlite/tables/sql_text.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

struct CursorShape {
  std::vector<core::ColumnType> types;  // of the values; further columns are the position
  std::size_t key_count = 0;
  std::int64_t limit = -1;  // the last parameter of each statement
};

class StatementCursor final : public RowCursor {
 public:
  StatementCursor(Connection& connection, std::vector<SqlText> parts, CursorShape shape);

  core::Result<bool> next() override;
  [[nodiscard]] std::span<const core::ValueView> values() const override { return values_; }
  [[nodiscard]] core::RowPosition position() const override;

  // Prepares the first statement: what is wrong with the question shows here.
  core::Result<void> start();

 private:
  bool step();
  void open_part();

  Connection& connection_;
  std::vector<SqlText> parts_;
  CursorShape shape_;
  std::size_t part_ = 0;
  std::optional<Statement> statement_;
  std::vector<core::ValueView> values_;
};

}  // namespace minato::storage::sqlite::tables
