#include "storage/sqlite/tables/word_matcher.h"

#include <algorithm>

#include "text/fold.h"

namespace minato::storage::sqlite::tables {
namespace {

// A text's tokens, with the place of the first one of each position.
struct TokenList {
  explicit TokenList(std::string_view folded) {
    text::Tokenizer tokenizer(folded, text::TokenizerMode::kDocument);
    for (text::Token token; tokenizer.next(token);) {
      if (!token.colocated) positions.push_back(tokens.size());
      tokens.push_back(token.text);
    }
  }
  std::vector<std::string_view> tokens;
  std::vector<std::size_t> positions;
};

bool stands_at(const TokenList& list, std::size_t position, const std::string& token, bool prefix) {
  const std::size_t end =
      position + 1 < list.positions.size() ? list.positions[position + 1] : list.tokens.size();
  return std::any_of(
      list.tokens.begin() + static_cast<std::ptrdiff_t>(list.positions[position]),
      list.tokens.begin() + static_cast<std::ptrdiff_t>(end),
      [&](std::string_view found) { return prefix ? found.starts_with(token) : found == token; });
}

bool holds_phrase(const TokenList& list, const text::QueryTokens& phrase) {
  const std::size_t length = phrase.tokens.size();
  for (std::size_t start = 0; start + length <= list.positions.size(); ++start) {
    std::size_t matched = 0;
    while (matched < length && stands_at(list, start + matched, phrase.tokens[matched],
                                         phrase.open_end && matched + 1 == length)) {
      ++matched;
    }
    if (matched == length) return true;
  }
  return false;
}

}  // namespace

WordMatcher::WordMatcher(std::string_view query) {
  const std::string folded = text::fold(query);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) {
      std::string word = folded.substr(at, end - at);
      text::QueryTokens tokens = text::query_tokens(word);
      words_.push_back({std::move(word), std::move(tokens)});
    }
    at = end + 1;
  }
}

void WordMatcher::Search::look_in(std::string_view text) {
  if (complete() || text.empty()) return;
  const std::string folded = text::fold(text);
  std::vector<TokenList> list;  // made when a word may be there
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const Word& word = matcher_.words()[i];
    const auto& tokens = word.tokens.tokens;
    const std::string& part = tokens.empty() ? word.folded : tokens.front();
    if (found_[i] || folded.find(part) == std::string::npos) continue;
    if (!tokens.empty() && list.empty()) list.emplace_back(folded);
    if (!tokens.empty() && !holds_phrase(list.front(), word.tokens)) continue;
    found_[i] = true;
    ++found_count_;
  }
}

bool WordMatcher::matches(std::string_view text) const {
  Search search(*this);
  search.look_in(text);
  return search.complete();
}

}  // namespace minato::storage::sqlite::tables
