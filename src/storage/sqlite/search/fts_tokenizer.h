// text/tokenizer.h as FTS5's tokenizer "minato". It takes folded text (minato_fold), in rows and in
// queries: folding once, before it is stored, is half the work of indexing.
#pragma once

#include <sqlite3.h>

namespace minato::storage::sqlite::search {

// Throws SQLite::Exception.
void register_tokenizer(sqlite3* db, fts5_api* fts5);

}  // namespace minato::storage::sqlite::search
