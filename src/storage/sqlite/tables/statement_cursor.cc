#include "storage/sqlite/tables/statement_cursor.h"

#include <utility>

#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/table_error.h"

namespace minato::storage::sqlite::tables {

using core::Result;

StatementCursor::StatementCursor(Connection& connection, std::vector<SqlText> parts,
                                 CursorShape shape)
    : connection_(connection), parts_(std::move(parts)), shape_(std::move(shape)) {
  values_.resize(shape_.types.size());
}

void StatementCursor::open_part() {
  parts_[part_].parameters.back() = core::Value(shape_.limit);
  statement_.emplace(prepare(connection_, parts_[part_]));
}

Result<void> StatementCursor::start() {
  return table_guarded([&]() -> Result<void> {
    connection_.check_deadline();
    if (!parts_.empty()) open_part();
    return {};
  });
}

bool StatementCursor::step() {
  while (statement_) {
    if (shape_.limit != 0 && statement_->step()) return true;
    statement_.reset();
    if (++part_ < parts_.size()) open_part();
  }
  return false;
}

Result<bool> StatementCursor::next() {
  return table_guarded([&]() -> Result<bool> {
    if (!step()) return false;
    if (shape_.limit > 0) --shape_.limit;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      values_[i] = cell(*statement_, static_cast<int>(i), shape_.types[i]);
    }
    return true;
  });
}

core::RowPosition StatementCursor::position() const {
  core::RowPosition position;
  int column = static_cast<int>(values_.size());
  for (std::size_t i = 0; i < shape_.key_count; ++i) {
    position.keys.push_back(core::to_value(cell(*statement_, column++)));
  }
  position.row = statement_->integer(column);
  return position;
}

}  // namespace minato::storage::sqlite::tables
