// Cuts folded text (fold.h) into the tokens of the search index.
//
// A word is a run of letters, or a run of digits: "r5" and "令和5年度" have several words. A run of
// CJK characters of length n is cut into its n-1 bigrams; one character alone is its own token.
// Everything else separates. Tokens have positions p, p+1, ... throughout the text, over runs of
// all kinds.
//
// In documents the last character of a CJK run is a token too, at the position of the last bigram
// (FTS5: colocated). So a query that begins in the middle of a run and goes on behind it still
// finds its tokens side by side:
//
//   document "令和5年度"   令和@0 和@0  5@1  年度@2 度@2
//   query    "令和5年度"   令和@0       5@1  年度@2        found
//   query    "和5年"       和@0         5@1  年*@2         found: 年* is a prefix of 年度
//   query    "和"          和*                             found
//
// In queries nothing is colocated, and a CJK character that ends the query alone has to be matched
// as a prefix (`open_end`): it may be the first half of a bigram. A word at the end is matched
// whole, or as a prefix when the user is still typing; that is the caller's choice.
//
// Hence: whatever begins at a character of a CJK run or at the start of a word, and ends at a CJK
// character or the end of a word, is found as a phrase.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/character.h"

namespace minato::text {

enum class TokenizerMode { kDocument, kQuery };

// Longer words are cut here, in documents and queries alike.
inline constexpr std::size_t kMaxTokenBytes = 128;

struct Token {
  std::string_view text;  // a part of the input
  bool colocated = false;
};

// Reads tokens one by one. The input must outlive it. Bad UTF-8 separates.
class Tokenizer {
 public:
  Tokenizer(std::string_view folded, TokenizerMode mode) : text_(folded), mode_(mode) {}
  // False at the end.
  bool next(Token& token);

 private:
  bool next_in_run(Token& token);
  Token word(std::size_t begin, CharacterClass kind);

  std::string_view text_;
  TokenizerMode mode_;
  std::size_t offset_ = 0;  // the next character to read
  std::size_t run_ = npos;  // start of the CJK character before offset_, inside a run
  bool fresh_ = false;      // that character has not been in a token yet
  static constexpr std::size_t npos = std::string_view::npos;
};

struct QueryTokens {
  std::vector<std::string> tokens;
  bool ends_in_cjk = false;  // the last one is of CJK characters
  bool open_end = false;     // and a single one: match it as a prefix
};
QueryTokens query_tokens(std::string_view folded);

}  // namespace minato::text
