#include "text/tokenizer.h"

#include "text/utf8.h"

namespace minato::text {

bool Tokenizer::next(Token& token) {
  if (run_ != npos && next_in_run(token)) return true;
  while (offset_ < text_.size()) {
    const std::size_t begin = offset_;
    const CharacterClass kind = class_of(decode(text_, offset_));
    if (kind == CharacterClass::kSeparator) continue;
    if (kind != CharacterClass::kCjk) {
      token = word(begin, kind);
      return true;
    }
    run_ = begin;
    fresh_ = true;
    return next_in_run(token);
  }
  return false;
}

bool Tokenizer::next_in_run(Token& token) {
  const std::size_t end = offset_;  // of the character at run_
  if (offset_ < text_.size() && class_of(decode(text_, offset_)) == CharacterClass::kCjk) {
    token = {text_.substr(run_, offset_ - run_), false};
    run_ = end;
    fresh_ = false;
    return true;
  }
  offset_ = end;
  const std::size_t last = run_;
  run_ = npos;
  if (!fresh_ && mode_ == TokenizerMode::kQuery) return false;
  token = {text_.substr(last, end - last), !fresh_};
  return true;
}

Token Tokenizer::word(std::size_t begin, CharacterClass kind) {
  std::size_t end = offset_;
  while (offset_ < text_.size() && class_of(decode(text_, offset_)) == kind) end = offset_;
  offset_ = end;
  return {truncated(text_.substr(begin, end - begin), kMaxTokenBytes), false};
}

QueryTokens query_tokens(std::string_view folded) {
  QueryTokens query;
  Tokenizer tokenizer(folded, TokenizerMode::kQuery);
  for (Token token; tokenizer.next(token);) query.tokens.emplace_back(token.text);
  if (!query.tokens.empty()) {
    const std::string& last = query.tokens.back();
    std::size_t end = 0;
    query.ends_in_cjk = class_of(decode(last, end)) == CharacterClass::kCjk;
    query.open_end = query.ends_in_cjk && end == last.size();
  }
  return query;
}

}  // namespace minato::text
