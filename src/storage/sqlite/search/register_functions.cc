#include <SQLiteCpp/Exception.h>

#include <string>

#include "storage/sqlite/search/fts_tokenizer.h"
#include "storage/sqlite/search/phrase_scan.h"
#include "storage/sqlite/search/raw_statement.h"
#include "storage/sqlite/search/search_index.h"
#include "storage/sqlite/sqlite_error.h"
#include "text/fold.h"

namespace minato::storage::sqlite::search {
namespace {

fts5_api* fts5_of(sqlite3* db) {
  fts5_api* api = nullptr;
  RawStatement statement(db, "SELECT fts5(?1)");
  statement.bind_pointer(1, static_cast<void*>(&api), "fts5_api_ptr").step();
  if (api == nullptr || api->iVersion < 2) {
    throw SQLite::Exception("this SQLite has no FTS5", SQLITE_ERROR);
  }
  return api;
}

// minato_fold(text): text/fold.h; NULL stays NULL.
void fold_function(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  try {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    if (bytes == nullptr) return sqlite3_result_error_nomem(context);
    const std::string folded = text::fold({bytes, size});
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  } catch (const std::exception& fault) {
    sqlite3_result_error(context, fault.what(), -1);
  }
}

}  // namespace

core::Result<void> register_functions(sqlite3* db) {
  return guarded([&]() -> core::Result<void> {
    fts5_api* fts5 = fts5_of(db);
    register_tokenizer(db, fts5);
    register_scan(db, fts5);
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const int code = sqlite3_create_function_v2(db, "minato_fold", 1, flags, nullptr, fold_function,
                                                nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw SQLite::Exception(db, code);
    return {};
  });
}

}  // namespace minato::storage::sqlite::search
