#include "storage/sqlite/tables/cells.h"

#include <type_traits>
#include <variant>

namespace minato::storage::sqlite::tables {

void bind_value(Statement& statement, int index, const core::ValueView& value) {
  std::visit(
      [&](const auto& held) {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>) {
          statement.bind_null(index);
        } else {
          statement.bind(index, held);
        }
      },
      value);
}

core::ValueView cell(const Statement& statement, int column) {
  switch (sqlite3_column_type(statement.handle(), column)) {
    case SQLITE_INTEGER:
      return statement.integer(column);
    case SQLITE_FLOAT:
      return statement.real(column);
    case SQLITE_NULL:
      return std::monostate{};
    default:
      return statement.text(column);
  }
}

core::ValueView cell(const Statement& statement, int column, core::ColumnType type) {
  const core::ValueView value = cell(statement, column);
  if (type == core::ColumnType::kBoolean) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer != 0;
  }
  return value;
}

std::string alias(std::size_t column) { return "c" + std::to_string(column + 1); }

}  // namespace minato::storage::sqlite::tables
