#include "storage/sqlite/search/phrase_scan.h"

#include <SQLiteCpp/Exception.h>

#include <chrono>

#include "storage/sqlite/search/raw_statement.h"

namespace minato::storage::sqlite::search {
namespace {

constexpr const char* kScanType = "minato-scan";

struct Scan {
  std::vector<PhraseMatch> matches;
  core::Deadline deadline;
};

// FTS5 calls this for each document that holds the phrase. No exception may pass through it.
int add_match(const Fts5ExtensionApi* api, Fts5Context* context, void* user) {
  auto& scan = *static_cast<Scan*>(user);
  PhraseMatch match;
  match.document = api->xRowid(context);
  Fts5PhraseIter iterator;
  int column = 0;
  int offset = 0;
  const int code = api->xPhraseFirst(context, 0, &iterator, &column, &offset);
  if (code != SQLITE_OK) return code;
  for (; column >= 0; api->xPhraseNext(context, &iterator, &column, &offset)) {
    const Tier tier = kTextColumns[static_cast<std::size_t>(column)].tier;
    if (tier > match.tier) match.tier = tier;
    if (match.occurrences < 255) ++match.occurrences;
  }
  try {
    scan.matches.push_back(match);
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  // SQLite's own progress handler does not see this loop.
  if (scan.matches.size() % 4096 == 0 && std::chrono::steady_clock::now() > scan.deadline) {
    return SQLITE_INTERRUPT;
  }
  return SQLITE_OK;
}

void run_scan(const Fts5ExtensionApi* api, Fts5Context* fts, sqlite3_context* context,
              int arguments, sqlite3_value** values) {
  auto* scan =
      arguments < 1 ? nullptr : static_cast<Scan*>(sqlite3_value_pointer(values[0], kScanType));
  if (scan == nullptr) {
    sqlite3_result_error(context, "minato_scan is not for general use", -1);
    return;
  }
  const bool whole = arguments == 1;
  const int code = whole ? api->xQueryPhrase(fts, 0, scan, add_match) : add_match(api, fts, scan);
  if (code != SQLITE_OK) sqlite3_result_error_code(context, code);
}

// One row is enough to reach FTS5's own loop over the documents of a token, which has no statement
// and no allocation per document. Every turn of it is a match, so it always comes to look at the
// clock.
void scan_all(sqlite3* db, const std::string& match, Scan& scan) {
  RawStatement statement(db,
                         "SELECT minato_scan(search_text, ?2) FROM search_text"
                         " WHERE search_text MATCH ?1 LIMIT 1");
  statement.bind(1, match).bind_pointer(2, &scan, kScanType).run();
}

void scan_steps(sqlite3* db, const std::string& match, DocumentRange range, Scan& scan) {
  RawStatement statement(db,
                         "SELECT minato_scan(search_text, ?2, 1) FROM search_text"
                         " WHERE search_text MATCH ?1 AND rowid > ?3 AND rowid <= ?4");
  statement.bind(1, match).bind_pointer(2, &scan, kScanType);
  for (std::int64_t start = range.after; start < range.last; start += kScanStep) {
    if (std::chrono::steady_clock::now() > scan.deadline) {
      throw SQLite::Exception("search", SQLITE_INTERRUPT);
    }
    statement.bind(3, start).bind(4, start + kScanStep).run();
  }
}

}  // namespace

std::string Phrase::match() const {
  std::string text = column.empty() ? "\"" : column + " : \"";
  for (const auto& token : tokens) {
    if (text.back() != '"') text += ' ';
    text += token;  // letters, digits and CJK only: no quotes
  }
  return text + (prefix ? "\" *" : "\"");
}

std::vector<PhraseMatch> scan_phrase(sqlite3* db, const Phrase& phrase, DocumentRange range,
                                     core::Deadline deadline) {
  Scan scan{{}, deadline};
  const std::string match = phrase.match();
  if (phrase.tokens.size() == 1 && range.after == 0) {
    scan_all(db, match, scan);
  } else {
    scan_steps(db, match, range, scan);
  }
  return std::move(scan.matches);
}

void register_scan(sqlite3* db, fts5_api* fts5) {
  const int code = fts5->xCreateFunction(fts5, "minato_scan", nullptr, run_scan, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(db, code);
}

}  // namespace minato::storage::sqlite::search
