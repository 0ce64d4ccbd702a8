#include "storage/sqlite/search/clause_source.h"

#include <SQLiteCpp/Exception.h>

#include <algorithm>
#include <chrono>

#include "storage/sqlite/search/ranking.h"
#include "storage/sqlite/search/raw_statement.h"
#include "storage/sqlite/search/wildcard.h"
#include "text/fold.h"
#include "text/tokenizer.h"
#include "text/utf8.h"

namespace minato::storage::sqlite::search {
namespace {

using Kind = core::SearchExpr::Kind;

std::string_view stored_form(std::string_view value) {
  return text::truncated(value, kMaxValueBytes);
}

// The first text that does not begin with `beginning`; empty: all later texts do.
std::string end_of_prefix(std::string_view beginning) {
  std::string end(beginning);
  while (!end.empty() && end.back() == '\xFF') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

// Values between `from` and `to`, as search_value orders them.
struct ValueRange {
  std::string from;
  bool from_inclusive = true;
  std::string to;
  bool has_to = false;
  bool to_inclusive = false;
};

ValueRange prefix_range(std::string_view beginning) {
  const std::string end = end_of_prefix(beginning);
  return {std::string(beginning), true, end, !end.empty(), false};
}

ValueRange range_of(const core::SearchExpr& expr) {
  const std::string_view value = stored_form(expr.value);
  if (asks_existence(expr)) return {};
  if (expr.kind == Kind::kPrefix) return prefix_range(value);
  if (expr.kind == Kind::kWildcard) return prefix_range(literal_beginning(value));
  if (expr.kind != Kind::kRange) return {std::string(value), true, std::string(value), true, true};
  ValueRange range;
  if (expr.low.value) {
    range.from = stored_form(*expr.low.value);
    range.from_inclusive = expr.low.inclusive;
  }
  if (expr.high.value) {
    range.to = stored_form(*expr.high.value);
    range.has_to = true;
    range.to_inclusive = expr.high.inclusive;
  }
  return range;
}

std::string sql_of(const ValueRange& range) {
  std::string sql =
      "SELECT value, document FROM search_value WHERE field ="
      " (SELECT field FROM search_field WHERE name = ?1) AND value ";
  sql += range.from_inclusive ? ">= ?2" : "> ?2";
  if (range.has_to) sql += range.to_inclusive ? " AND value <= ?3" : " AND value < ?3";
  return sql + " AND document > ?4";
}

void append_bound(std::string& key, const core::Bound& bound) {
  key += bound.inclusive ? "\x01i" : "\x01x";
  key += bound.value ? "=" + *bound.value : "*";
}

}  // namespace

bool asks_existence(const core::SearchExpr& expr) {
  return expr.kind == Kind::kExists ||
         (expr.kind == Kind::kRange && !expr.low.value && !expr.high.value) ||
         (expr.kind == Kind::kWildcard && !expr.value.empty() &&
          expr.value.find_first_not_of('*') == std::string::npos);
}

void ClauseSource::answer(const core::SearchExpr& expr, Answers& answers) {
  for (const auto& child : expr.children) answer(child, answers);
  if (expr.kind == Kind::kAll || !expr.children.empty()) return;
  const IndexField field = index_field(expr.field);
  if (field.place == Place::kFile) {
    answers[&expr] = value(expr, field);
  } else if (field.place == Place::kText && !asks_existence(expr)) {
    answers[&expr] = expr.kind == Kind::kWildcard ? pattern(expr, field) : phrase(expr, field);
  }
}

template <typename Scan>
std::shared_ptr<const Clause> ClauseSource::cached(const std::string& key,
                                                   std::size_t phrase_tokens, Scan scan) {
  check_deadline();
  ClauseCache& cache = picture_.shelf->cache;
  const std::int64_t newest = picture_.view->newest;
  std::shared_ptr<const Clause> known = cache.find(key);
  if (known && known->covers == newest) return known;
  // An answer of a later moment lacks what has been removed since this one.
  const bool later = known && known->covers > newest;
  auto clause = known && !later ? std::make_shared<Clause>(*known) : std::make_shared<Clause>();
  add(*clause, scan(clause->covers), phrase_tokens);
  clause->covers = newest;
  if (!later) cache.put(key, clause);
  return clause;
}

void ClauseSource::add(Clause& clause, const Matches& matches, std::size_t phrase_tokens) const {
  const std::shared_lock lock(picture_.shelf->mutex);
  const DocumentColumns& columns = picture_.shelf->columns;
  std::vector<std::uint32_t> slots;
  slots.reserve(matches.size());
  std::uint32_t slot = DocumentColumns::kNoSlot;
  for (const auto& match : matches) {
    slot = columns.slot_of(match.document, slot);
    if (slot == DocumentColumns::kNoSlot) continue;
    slots.push_back(slot);
    if (phrase_tokens == 0) continue;
    const MatchShape shape{match.tier, match.occurrences, static_cast<std::uint32_t>(phrase_tokens),
                           columns.title_tokens(slot), columns.tokens(slot)};
    clause.strengths.append(slot, strength_of(shape));
  }
  clause.slots.addMany(slots.size(), slots.data());
  clause.slots.runOptimize();
  clause.slots.shrinkToFit();
  clause.strengths.pack();
}

std::shared_ptr<const Clause> ClauseSource::phrase(const core::SearchExpr& expr,
                                                   const IndexField& field) {
  text::QueryTokens query = text::query_tokens(text::fold(expr.value));
  if (query.tokens.empty()) return nullptr;
  // A bigram is the beginning of itself only: looked up whole it is found faster.
  const bool typing = expr.kind == Kind::kPrefix && !query.ends_in_cjk;
  const Phrase phrase{std::move(query.tokens), field.name, query.open_end || typing};
  const std::size_t size = phrase.tokens.size();
  return size > kMaxPhraseTokens ? long_phrase(phrase) : short_phrase(phrase, size);
}

std::shared_ptr<const Clause> ClauseSource::short_phrase(const Phrase& phrase,
                                                         std::size_t all_tokens) {
  const std::string key = "t" + std::to_string(all_tokens) + phrase.match();
  return cached(key, all_tokens, [&](std::int64_t after) {
    return scan_phrase(db_, phrase, {after, picture_.view->newest}, deadline_);
  });
}

// In pieces that overlap by half: a text that has all of them has the whole, unless it repeats
// itself at such length.
std::shared_ptr<const Clause> ClauseSource::long_phrase(const Phrase& phrase) {
  std::shared_ptr<Clause> whole;
  const std::size_t size = phrase.tokens.size();
  for (std::size_t start = 0; start + kMaxPhraseTokens / 2 < size; start += kMaxPhraseTokens / 2) {
    const std::size_t end = std::min(start + kMaxPhraseTokens, size);
    const auto at = [&](std::size_t i) {
      return phrase.tokens.begin() + static_cast<std::ptrdiff_t>(i);
    };
    const Phrase piece{{at(start), at(end)}, phrase.column, phrase.prefix && end == size};
    const auto answer = short_phrase(piece, size);
    if (!whole) {
      whole = std::make_shared<Clause>(*answer);
    } else {
      whole->slots &= answer->slots;
    }
  }
  return whole;
}

std::shared_ptr<const Clause> ClauseSource::pattern(const core::SearchExpr& expr,
                                                    const IndexField& field) {
  return cached("w" + field.name + '\0' + expr.value, 0,
                [&](std::int64_t after) { return read_pattern(expr, field, after); });
}

std::shared_ptr<const Clause> ClauseSource::value(const core::SearchExpr& expr,
                                                  const IndexField& field) {
  std::string key = "v" + field.name + '\0' + std::to_string(static_cast<int>(expr.kind));
  key += '\0' + expr.value;
  append_bound(key, expr.low);
  append_bound(key, expr.high);
  return cached(key, 0, [&](std::int64_t after) { return read_values(expr, field, after); });
}

ClauseSource::Matches ClauseSource::read_values(const core::SearchExpr& expr,
                                                const IndexField& field, std::int64_t after) {
  const ValueRange range = range_of(expr);
  RawStatement rows(db_, sql_of(range));
  rows.bind(1, field.name).bind(2, range.from).bind(4, after);
  if (range.has_to) rows.bind(3, range.to);
  const bool check_pattern = expr.kind == Kind::kWildcard && !asks_existence(expr);
  Matches matches;
  for (std::size_t count = 0; rows.step(); ++count) {
    if (count % 1024 == 0) check_deadline();
    if (check_pattern && !wildcard_matches(stored_form(expr.value), rows.text(0))) continue;
    matches.push_back({rows.integer(1)});
  }
  const auto earlier = [](const auto& a, const auto& b) { return a.document < b.document; };
  std::sort(matches.begin(), matches.end(), earlier);
  const auto same = [](const auto& a, const auto& b) { return a.document == b.document; };
  matches.erase(std::unique(matches.begin(), matches.end(), same), matches.end());
  return matches;
}

// Reads the texts themselves: all of them, or those with a word that begins like the pattern.
ClauseSource::Matches ClauseSource::read_pattern(const core::SearchExpr& expr,
                                                 const IndexField& field, std::int64_t after) {
  std::string columns = field.name;
  if (columns.empty()) {
    for (const auto& column : kTextColumns) {
      if (!columns.empty()) columns += " || char(10) || ";
      columns += column.name;
    }
  }
  const auto query = text::query_tokens(text::fold(literal_beginning(expr.value)));
  const bool narrowed = !query.tokens.empty();
  Matches candidates;
  if (narrowed) {
    const Phrase beginning{query.tokens, field.name, true};
    candidates = scan_phrase(db_, beginning, {after, picture_.view->newest}, deadline_);
  }
  const TextPattern pattern(expr.value);
  Matches matches;
  RawStatement rows(db_, "SELECT rowid, " + columns + " FROM search_text WHERE rowid " +
                             (narrowed ? "= ?1" : "> ?1"));
  const auto take = [&](std::int64_t start) {
    rows.bind(1, start);
    while (rows.step()) {
      check_deadline();
      if (pattern.matches(rows.text(1))) matches.push_back({rows.integer(0)});
    }
    rows.run();
  };
  if (!narrowed) take(after);
  for (const auto& candidate : candidates) take(candidate.document);
  return matches;
}

void ClauseSource::check_deadline() const {
  if (std::chrono::steady_clock::now() > deadline_) {
    throw SQLite::Exception("search", SQLITE_INTERRUPT);
  }
}

}  // namespace minato::storage::sqlite::search
