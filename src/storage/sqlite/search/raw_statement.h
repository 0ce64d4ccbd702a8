// A prepared statement of this folder, which works on plain sqlite3 handles (those of FTS5's own
// callbacks included). Every call may throw SQLite::Exception.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string_view>

namespace minato::storage::sqlite::search {

class RawStatement {
 public:
  enum class Kept { kOnce, kLong };  // kLong: the statement will be used many times
  RawStatement(sqlite3* db, std::string_view sql, Kept kept = Kept::kOnce);
  ~RawStatement() { sqlite3_finalize(statement_); }
  RawStatement(RawStatement&& other) noexcept : statement_(other.statement_) {
    other.statement_ = nullptr;
  }
  RawStatement(const RawStatement&) = delete;
  RawStatement& operator=(const RawStatement&) = delete;
  RawStatement& operator=(RawStatement&&) = delete;

  // Parameters are numbered from 1. Bound text is not copied: it must outlive the last step().
  RawStatement& bind(int index, std::int64_t value);
  RawStatement& bind(int index, std::string_view text);
  RawStatement& bind_blob(int index, std::string_view bytes);
  RawStatement& bind_pointer(int index, void* pointer, const char* type);

  // True while there is a row.
  bool step();
  // Steps to the end and makes the statement ready for other values.
  void run();

  // Columns are numbered from 0; views live until the next step().
  [[nodiscard]] std::int64_t integer(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }

 private:
  void check(int code) const;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace minato::storage::sqlite::search
