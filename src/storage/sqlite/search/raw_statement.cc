#include "storage/sqlite/search/raw_statement.h"

#include <SQLiteCpp/Exception.h>

#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite::search {

RawStatement::RawStatement(sqlite3* db, std::string_view sql, Kept kept) {
  const unsigned flags = kept == Kept::kLong ? SQLITE_PREPARE_PERSISTENT : 0;
  const int code =
      sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), flags, &statement_, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(db, code);
}

void RawStatement::check(int code) const {
  if (code != SQLITE_OK) throw engine_fault(sqlite3_db_handle(statement_), code);
}

RawStatement& RawStatement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index, value));
  return *this;
}

RawStatement& RawStatement::bind(int index, std::string_view text) {
  // A null pointer would bind NULL.
  check(sqlite3_bind_text64(statement_, index, text.empty() ? "" : text.data(), text.size(),
                            SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

RawStatement& RawStatement::bind_blob(int index, std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_, index, bytes.empty() ? "" : bytes.data(), bytes.size(),
                            SQLITE_STATIC));
  return *this;
}

RawStatement& RawStatement::bind_pointer(int index, void* pointer, const char* type) {
  check(sqlite3_bind_pointer(statement_, index, pointer, type, nullptr));
  return *this;
}

bool RawStatement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const SQLite::Exception fault = engine_fault(sqlite3_db_handle(statement_), code);
  sqlite3_reset(statement_);
  throw fault;
}

void RawStatement::run() {
  while (step()) {
  }
  check(sqlite3_reset(statement_));
}

std::string_view RawStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

std::string_view RawStatement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

}  // namespace minato::storage::sqlite::search
