#include "storage/sqlite/tables/cells.h"

#include <cmath>
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

// One look-up of the cell instead of three: exports spend their time here. The value is not
// protected by a mutex, and need not be: a connection is used by one thread at a time.
core::ValueView cell(const Statement& statement, int column) {
  sqlite3_value* value = sqlite3_column_value(statement.handle(), column);
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_NULL:
      return std::monostate{};
    default: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      return std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
    }
  }
}

core::ValueView cell(const Statement& statement, int column, core::ColumnType type) {
  const core::ValueView value = cell(statement, column);
  if (type == core::ColumnType::kBoolean) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer != 0;
  }
  return value;
}

bool fits(const core::ValueView& value, core::ColumnType type) {
  switch (type) {
    case core::ColumnType::kBoolean:
      return std::holds_alternative<bool>(value);
    case core::ColumnType::kInteger:
      return std::holds_alternative<std::int64_t>(value);
    case core::ColumnType::kNumber:
      return std::holds_alternative<double>(value) && std::isfinite(std::get<double>(value));
    default:
      return std::holds_alternative<std::string_view>(value);
  }
}

std::string alias(std::size_t column) { return "c" + std::to_string(column + 1); }

}  // namespace minato::storage::sqlite::tables
