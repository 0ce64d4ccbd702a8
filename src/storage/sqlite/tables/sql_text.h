// SQL being put together: text and the values of its parameters, never mixed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/table.h"
#include "storage/sqlite/tables/row_list.h"

namespace minato::storage::sqlite::tables {

struct SqlText {
  std::string text;
  std::vector<std::variant<core::Value, RowList>> parameters;

  SqlText& operator<<(std::string_view part) {
    text += part;
    return *this;
  }
  SqlText& operator<<(const char* part) { return *this << std::string_view(part); }
  SqlText& operator<<(const std::string& part) { return *this << std::string_view(part); }
  // A parameter.
  SqlText& operator<<(core::Value value) {
    text += '?';
    parameters.emplace_back(std::move(value));
    return *this;
  }
  SqlText& operator<<(RowList rows) {
    text += '?';
    parameters.emplace_back(std::move(rows));
    return *this;
  }
  SqlText& operator<<(const SqlText& other) {
    text += other.text;
    parameters.insert(parameters.end(), other.parameters.begin(), other.parameters.end());
    return *this;
  }
};

// (a AND b AND ...) as a balanced tree: SQLite limits the depth. Empty: `neutral`.
SqlText joined(std::span<const SqlText> parts, std::string_view word, std::string_view neutral);

// REQUIRES: `sql` outlives the last step.
Statement prepare(Connection& connection, const SqlText& sql);

}  // namespace minato::storage::sqlite::tables
