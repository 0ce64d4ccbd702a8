#include "storage/sqlite/search/fts_tokenizer.h"

#include <SQLiteCpp/Exception.h>

#include <string_view>

#include "text/tokenizer.h"

namespace minato::storage::sqlite::search {
namespace {

using TokenCallback = int (*)(void*, int, const char*, int, int, int);

// The tokenizer has no state and no options; FTS5 wants a pointer that is not null.
int create(void* context, const char** /*arguments*/, int count, Fts5Tokenizer** out) {
  if (count > 0) return SQLITE_ERROR;
  *out = static_cast<Fts5Tokenizer*>(context);
  return SQLITE_OK;
}

void destroy(Fts5Tokenizer* /*tokenizer*/) {}

int emit_all(std::string_view folded, text::TokenizerMode mode, void* context,
             TokenCallback callback) {
  text::Tokenizer tokenizer(folded, mode);
  for (text::Token token; tokenizer.next(token);) {
    const int begin = static_cast<int>(token.text.data() - folded.data());
    const int end = begin + static_cast<int>(token.text.size());
    const int code = callback(context, token.colocated ? FTS5_TOKEN_COLOCATED : 0,
                              token.text.data(), static_cast<int>(token.text.size()), begin, end);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int tokenize(Fts5Tokenizer* /*tokenizer*/, void* context, int flags, const char* input, int size,
             TokenCallback callback) {
  if (input == nullptr || size <= 0) return SQLITE_OK;
  const auto mode = (flags & FTS5_TOKENIZE_QUERY) != 0 ? text::TokenizerMode::kQuery
                                                       : text::TokenizerMode::kDocument;
  try {
    return emit_all({input, static_cast<std::size_t>(size)}, mode, context, callback);
  } catch (const std::exception&) {
    return SQLITE_ERROR;
  }
}

}  // namespace

void register_tokenizer(sqlite3* db, fts5_api* fts5) {
  static int instance = 0;
  fts5_tokenizer methods{create, destroy, tokenize};
  const int code = fts5->xCreateTokenizer(fts5, "minato", &instance, &methods, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(db, code);
}

}  // namespace minato::storage::sqlite::search
