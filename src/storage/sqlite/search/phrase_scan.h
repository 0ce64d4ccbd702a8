// Finds the documents that hold a phrase, and how well it is placed in each, in one pass over the
// full-text index.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"
#include "storage/sqlite/search/fields.h"

namespace minato::storage::sqlite::search {

// FTS5 looks for a phrase without giving SQLite a chance to interrupt it: the work between two
// looks at the clock is bounded by this and by kScanStep documents.
inline constexpr std::size_t kMaxPhraseTokens = 64;
inline constexpr std::int64_t kScanStep = 32'768;

struct Phrase {
  std::vector<std::string> tokens;  // 1..kMaxPhraseTokens
  std::string column;               // of search_text; empty: all
  bool prefix = false;              // the last token is the beginning of one

  // As FTS5's MATCH takes it.
  [[nodiscard]] std::string match() const;
};

struct PhraseMatch {
  std::int64_t document = 0;
  Tier tier = Tier::kRest;       // of the best column
  std::uint8_t occurrences = 0;  // in all columns, at most 255
};

// Document numbers above `after`, up to `last`.
struct DocumentRange {
  std::int64_t after = 0;
  std::int64_t last = 0;
};

// Ascending. Throws SQLite::Exception (SQLITE_INTERRUPT after `deadline`).
std::vector<PhraseMatch> scan_phrase(sqlite3* db, const Phrase& phrase, DocumentRange range,
                                     core::Deadline deadline);

// Registers the FTS5 function that scan_phrase uses. Throws SQLite::Exception.
void register_scan(sqlite3* db, fts5_api* fts5);

}  // namespace minato::storage::sqlite::search
