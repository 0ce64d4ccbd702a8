#include "storage/sqlite/search/wildcard.h"

#include "text/character.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace minato::storage::sqlite::search {
namespace {

// Beyond Unicode, so that no character of a text is taken for them.
constexpr char32_t kAny = 0x110000;
constexpr char32_t kOne = 0x110001;

using text::CharacterClass;

// Is the gap between two characters the edge of a word? Between CJK characters it always is.
bool is_edge(CharacterClass before, CharacterClass after) {
  return before != after || before == CharacterClass::kCjk;
}

}  // namespace

std::string_view literal_beginning(std::string_view pattern) {
  return pattern.substr(0, pattern.find_first_of("*?"));
}

// Goes back to the last * only: an earlier one cannot match more than a later one does.
bool wildcard_matches(std::string_view pattern, std::string_view text) {
  constexpr auto npos = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = npos;  // behind the last * in the pattern
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_text = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      text::decode(text, t);
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != npos) {
      text::decode(text, star_text);
      t = star_text;
      p = star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == npos;
}

TextPattern::TextPattern(std::string_view pattern) {
  while (!pattern.empty()) {
    const std::string folded = text::fold(literal_beginning(pattern));
    for (std::size_t i = 0; i < folded.size();) pattern_.push_back(text::decode(folded, i));
    pattern.remove_prefix(literal_beginning(pattern).size());
    if (pattern.empty()) break;
    pattern_.push_back(pattern.front() == '*' ? kAny : kOne);
    pattern.remove_prefix(1);
  }
}

// A state is how much of the pattern has matched; * may match nothing.
void TextPattern::add(std::vector<bool>& states, std::size_t state) const {
  states[state] = true;
  while (state < pattern_.size() && pattern_[state] == kAny) states[++state] = true;
}

std::vector<bool> TextPattern::after(const std::vector<bool>& states, char32_t c) const {
  std::vector<bool> next(states.size());
  const bool blank = c == ' ' || c == '\n';
  for (std::size_t i = 0; i < pattern_.size(); ++i) {
    if (!states[i]) continue;
    if (pattern_[i] == kAny) {
      if (!blank) add(next, i);
    } else if (pattern_[i] == c || (pattern_[i] == kOne && !blank)) {
      add(next, i + 1);
    }
  }
  return next;
}

bool TextPattern::matches(std::string_view folded_text) const {
  std::vector<bool> states(pattern_.size() + 1);
  CharacterClass before = CharacterClass::kSeparator;
  for (std::size_t i = 0; i < folded_text.size();) {
    const char32_t c = text::decode(folded_text, i);
    const CharacterClass here = text::class_of(c);
    if (here != CharacterClass::kSeparator && is_edge(before, here)) add(states, 0);
    states = after(states, c);
    std::size_t peek = i;
    const CharacterClass behind = i < folded_text.size()
                                      ? text::class_of(text::decode(folded_text, peek))
                                      : CharacterClass::kSeparator;
    if (states.back() && here != CharacterClass::kSeparator && is_edge(here, behind)) return true;
    before = here;
  }
  return false;
}

}  // namespace minato::storage::sqlite::search
