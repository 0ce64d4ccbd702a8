#include "text/highlight.h"

#include <algorithm>

#include "text/character.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace minato::text {
namespace {

// One character of the folded text with the part of the written text that it is made from.
struct Character {
  std::size_t folded_begin = 0;
  Span written;
};

bool is_blank(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || is_white_space(c); }

// Marks that become one character with the one before: ﾃ and ﾞ, か and U+3099, accents, variation
// selectors.
bool joins_previous(char32_t c) {
  return c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F || (c >= 0x0300 && c <= 0x036F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

// Characters that always fold to exactly one.
bool folds_to_one(char32_t c) {
  return (c > ' ' && c < 0x7F) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FC) ||
         (c >= 0x4E00 && c <= 0x9FFF);
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80;
  }));
}

std::size_t next_character(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80);
  return at;
}

// The folded text beside the written one.
class Alignment {
 public:
  explicit Alignment(std::string_view written) : written_(written), folded_(fold(written)) {
    read_units();
    is_sure_ = characters_.size() == count_characters(folded_);
    std::size_t at = 0;
    for (Character& character : characters_) {
      if (!is_sure_) break;
      character.folded_begin = at;
      at = next_character(folded_, at);
    }
  }

  [[nodiscard]] bool is_sure() const { return is_sure_; }
  [[nodiscard]] const std::string& folded() const { return folded_; }
  // Of the folded bytes [begin, end). REQUIRES: is_sure(), not empty, at character limits.
  [[nodiscard]] Span written(std::size_t begin, std::size_t end) const {
    return {at(begin).written.begin, at(end - 1).written.end};
  }

 private:
  void read_units() {
    Span blank;
    bool has_blank = false;
    for (std::size_t at = 0; at < written_.size();) {
      Span unit{at, at};
      const char32_t first = decode(written_, at);
      unit.end = at;
      if (is_blank(first)) {
        blank = has_blank ? Span{blank.begin, at} : unit;
        has_blank = true;
        continue;
      }
      while (at < written_.size() && joins_previous(peek(at))) decode(written_, at);
      const bool alone = at == unit.end;
      unit.end = at;
      const std::size_t count = alone && folds_to_one(first) ? 1 : folded_count(unit);
      if (count == 0) continue;
      if (has_blank && !characters_.empty()) characters_.push_back({0, blank});
      has_blank = false;
      characters_.insert(characters_.end(), count, {0, unit});
    }
  }

  [[nodiscard]] char32_t peek(std::size_t at) const { return decode(written_, at); }
  [[nodiscard]] std::size_t folded_count(Span unit) const {
    return count_characters(fold(written_.substr(unit.begin, unit.end - unit.begin)));
  }
  [[nodiscard]] const Character& at(std::size_t folded_byte) const {
    const auto behind = std::upper_bound(
        characters_.begin(), characters_.end(), folded_byte,
        [](std::size_t byte, const Character& c) { return byte < c.folded_begin; });
    return *(behind - 1);
  }

  std::string_view written_;
  std::string folded_;
  std::vector<Character> characters_;
  bool is_sure_ = false;
};

bool is_of_word(CharacterClass kind) {
  return kind == CharacterClass::kLetter || kind == CharacterClass::kDigit;
}

CharacterClass class_before(std::string_view text, std::size_t at) {
  if (at == 0) return CharacterClass::kSeparator;
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80);
  return class_of(decode(text, at));
}

CharacterClass class_at(std::string_view text, std::size_t at) {
  return at < text.size() ? class_of(decode(text, at)) : CharacterClass::kSeparator;
}

bool stands_alone(std::string_view text, std::size_t begin, const SoughtWord& word) {
  const CharacterClass first = class_at(text, begin);
  if (is_of_word(first) && class_before(text, begin) == first) return false;
  const std::size_t end = begin + word.folded.size();
  const CharacterClass last = class_before(text, end);
  return word.open_end || !is_of_word(last) || class_at(text, end) != last;
}

std::vector<Span> merged(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (!out.empty() && span.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

}  // namespace

std::vector<Span> find_words(std::string_view text, const std::vector<SoughtWord>& words) {
  if (text.empty() || words.empty()) return {};
  const Alignment alignment(text);
  if (!alignment.is_sure()) return {};
  const std::string& folded = alignment.folded();
  std::vector<Span> spans;
  for (const SoughtWord& word : words) {
    if (word.folded.empty()) continue;
    for (std::size_t at = folded.find(word.folded); at != std::string::npos;
         at = folded.find(word.folded, at + 1)) {
      if (!stands_alone(folded, at, word)) continue;
      spans.push_back(alignment.written(at, at + word.folded.size()));
    }
  }
  return merged(std::move(spans));
}

}  // namespace minato::text
