// Patterns with * (any characters, none included) and ? (one character).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minato::storage::sqlite::search {

// Does the pattern match all of `text`? Time is at most the product of the lengths.
bool wildcard_matches(std::string_view pattern, std::string_view text);

// What every match begins with: the part before the first * or ?.
std::string_view literal_beginning(std::string_view pattern);

// For analysed text: a match begins where a word (or any CJK character) begins, ends where one
// ends, and has no blank under * and ?. The pattern is folded as text/fold.h folds, between its *
// and ?.
class TextPattern {
 public:
  explicit TextPattern(std::string_view pattern);
  // Time is at most the product of the lengths.
  [[nodiscard]] bool matches(std::string_view folded_text) const;

 private:
  void add(std::vector<bool>& states, std::size_t state) const;
  [[nodiscard]] std::vector<bool> after(const std::vector<bool>& states, char32_t c) const;

  std::vector<char32_t> pattern_;  // code points, kAny and kOne
};

}  // namespace minato::storage::sqlite::search
