#include "storage/sqlite/tables/row_list.h"

#include <SQLiteCpp/Exception.h>

#include <cstring>
#include <new>
#include <vector>

namespace minato::storage::sqlite::tables {
namespace {

constexpr int kIds = 1;  // the hidden column: the argument

struct Cursor : sqlite3_vtab_cursor {
  std::vector<std::int64_t> rows;
  std::size_t at = 0;
};

int connect(sqlite3* db, void* /*data*/, int /*count*/, const char* const* /*arguments*/,
            sqlite3_vtab** table, char** /*message*/) {
  const int code = sqlite3_declare_vtab(db, "CREATE TABLE x(id INTEGER, ids HIDDEN)");
  if (code != SQLITE_OK) return code;
  *table = new (std::nothrow) sqlite3_vtab{};
  return *table == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete table;
  return SQLITE_OK;
}

int best_index(sqlite3_vtab* /*table*/, sqlite3_index_info* info) {
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& constraint = info->aConstraint[i];
    if (constraint.iColumn != kIds || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (constraint.usable == 0) return SQLITE_CONSTRAINT;
    info->aConstraintUsage[i].argvIndex = 1;
    info->aConstraintUsage[i].omit = 1;
    info->estimatedCost = 1'000;
    info->estimatedRows = 1'000;
    return SQLITE_OK;
  }
  return SQLITE_CONSTRAINT;
}

int open_cursor(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** cursor) {
  *cursor = new (std::nothrow) Cursor{};
  return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* base, int /*number*/, const char* /*text*/, int count,
           sqlite3_value** values) {
  auto& cursor = *static_cast<Cursor*>(base);
  cursor.at = 0;
  cursor.rows.clear();
  if (count < 1) return SQLITE_OK;
  const void* blob = sqlite3_value_blob(values[0]);
  const auto bytes = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  try {
    cursor.rows.resize(bytes / sizeof(std::int64_t));
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  if (!cursor.rows.empty()) {
    std::memcpy(cursor.rows.data(), blob, cursor.rows.size() * sizeof(std::int64_t));
  }
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  ++static_cast<Cursor*>(cursor)->at;
  return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* base) {
  const auto& cursor = *static_cast<Cursor*>(base);
  return cursor.at >= cursor.rows.size() ? 1 : 0;
}

int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int number) {
  const auto& cursor = *static_cast<Cursor*>(base);
  if (number != kIds) sqlite3_result_int64(context, cursor.rows[cursor.at]);
  return SQLITE_OK;
}

int rowid(sqlite3_vtab_cursor* base, sqlite3_int64* row) {
  *row = static_cast<sqlite3_int64>(static_cast<Cursor*>(base)->at);
  return SQLITE_OK;
}

sqlite3_module make_module() {
  sqlite3_module module{};
  module.xConnect = connect;  // without xCreate: there as it is, never made
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open_cursor;
  module.xClose = close_cursor;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = at_end;
  module.xColumn = column;
  module.xRowid = rowid;
  return module;
}

}  // namespace

void register_row_list(Connection& connection) {
  static const sqlite3_module kModule = make_module();
  const int code =
      sqlite3_create_module_v2(connection.handle(), "row_list", &kModule, nullptr, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(connection.handle(), code);
}

void bind_row_list(Statement& statement, int index, const std::vector<std::int64_t>& rows) {
  const int code = sqlite3_bind_blob64(statement.handle(), index, rows.data(),
                                       rows.size() * sizeof(std::int64_t), SQLITE_STATIC);
  if (code != SQLITE_OK) throw SQLite::Exception("bind", code);
}

}  // namespace minato::storage::sqlite::tables
