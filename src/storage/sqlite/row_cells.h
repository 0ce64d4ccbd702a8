// Rows into fields, in the order of the columns.
#pragma once

#include <optional>
#include <string>
#include <type_traits>

#include "core/time.h"
#include "storage/sqlite/statement.h"

namespace minato::storage::sqlite {

inline void read_cell(const Statement& row, int column, std::string& field) {
  field = row.text(column);
}
inline void read_cell(const Statement& row, int column, std::int64_t& field) {
  field = row.integer(column);
}
inline void read_cell(const Statement& row, int column, bool& field) {
  field = row.boolean(column);
}
inline void read_cell(const Statement& row, int column, core::Timestamp& field) {
  field = row.time(column);
}
inline void read_cell(const Statement& row, int column, std::optional<core::Timestamp>& field) {
  field.reset();
  if (!row.is_null(column)) field = row.time(column);
}
// Enumerations are kept as their numbers; CHECKs of the schema hold their ranges.
template <typename Enum>
requires std::is_enum_v<Enum>
void read_cell(const Statement& row, int column, Enum& field) {
  field = static_cast<Enum>(row.integer(column));
}

// From column 0 on.
template <typename... Fields>
void read_row(const Statement& row, Fields&... fields) {
  int column = 0;
  (read_cell(row, column++, fields), ...);
}

// An enumeration as it is kept.
template <typename Enum>
requires std::is_enum_v<Enum>
constexpr std::int64_t code_of(Enum value) { return static_cast<std::int64_t>(value); }

}  // namespace minato::storage::sqlite
