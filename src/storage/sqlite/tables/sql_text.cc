#include "storage/sqlite/tables/sql_text.h"

#include "storage/sqlite/tables/cells.h"

namespace minato::storage::sqlite::tables {

SqlText joined(std::span<const SqlText> parts, std::string_view word, std::string_view neutral) {
  SqlText sql;
  if (parts.empty()) return std::move(sql << neutral);
  if (parts.size() == 1) return parts.front();
  const std::size_t half = parts.size() / 2;
  sql << "(" << joined(parts.first(half), word, neutral) << word
      << joined(parts.subspan(half), word, neutral) << ")";
  return sql;
}

Statement prepare(Connection& connection, const SqlText& sql) {
  Statement statement = connection.prepare(sql.text);
  int index = 0;
  for (const auto& parameter : sql.parameters) {
    ++index;
    if (const auto* value = std::get_if<core::Value>(&parameter)) {
      bind_value(statement, index, core::to_view(*value));
    } else {
      bind_row_list(statement, index, *std::get<RowList>(parameter));
    }
  }
  return statement;
}

}  // namespace minato::storage::sqlite::tables
