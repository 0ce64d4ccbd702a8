// Answers single clauses from the file: phrases and patterns in text, values of search_value.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/search.h"
#include "storage/sqlite/search/fields.h"
#include "storage/sqlite/search/phrase_scan.h"
#include "storage/sqlite/search/picture.h"

namespace minato::storage::sqlite::search {

// By clause of the request. A null value: the text has nothing to search for ("・").
using Answers = std::unordered_map<const core::SearchExpr*, std::shared_ptr<const Clause>>;

// Does the clause ask for any value at all?
bool asks_existence(const core::SearchExpr& expr);

// For one search. Every call may throw SQLite::Exception.
class ClauseSource {
 public:
  ClauseSource(sqlite3* db, const Picture& picture, core::Deadline deadline)
      : db_(db), picture_(picture), deadline_(deadline) {}

  // Answers all clauses below `expr` that need the file.
  void answer(const core::SearchExpr& expr, Answers& answers);

 private:
  using Matches = std::vector<PhraseMatch>;
  std::shared_ptr<const Clause> phrase(const core::SearchExpr& expr, const IndexField& field);
  std::shared_ptr<const Clause> long_phrase(const Phrase& phrase);
  std::shared_ptr<const Clause> short_phrase(const Phrase& phrase, std::size_t all_tokens);
  std::shared_ptr<const Clause> pattern(const core::SearchExpr& expr, const IndexField& field);
  std::shared_ptr<const Clause> value(const core::SearchExpr& expr, const IndexField& field);

  // The cached answer brought up to the picture's moment. `scan(after)` reads documents above
  // `after`.
  template <typename Scan>
  std::shared_ptr<const Clause> cached(const std::string& key, std::size_t phrase_tokens,
                                       Scan scan);
  void add(Clause& clause, const Matches& matches, std::size_t phrase_tokens) const;
  Matches read_values(const core::SearchExpr& expr, const IndexField& field, std::int64_t after);
  Matches read_pattern(const core::SearchExpr& expr, const IndexField& field, std::int64_t after);
  void check_deadline() const;

  sqlite3* db_;
  const Picture& picture_;
  core::Deadline deadline_;
};

}  // namespace minato::storage::sqlite::search
