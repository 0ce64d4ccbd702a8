#include "web/table/chart_text.h"

#include "core/utf8.h"
#include "core/word_characters.h"

namespace minato::web {
namespace {

// Marks that stand on the character before: they take no room and never begin a line.
bool joins(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || c == 0x3099 || c == 0x309A || c == 0x200D ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

double width_of(char32_t c) {
  if (joins(c)) return 0;
  if (c >= 0xFF61 && c <= 0xFFDC) return 0.5;  // half-width kana
  if (c >= 0x1100) return 1;
  if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '%') return 0.85;
  if (c >= 'A' && c <= 'Z') return 0.68;
  if (c == 'i' || c == 'l' || c == 'j' || c == '.' || c == ',' || c == ' ' || c == ':') return 0.3;
  return 0.56;
}

struct Character {
  std::string text;
  double width = 0;
  bool joins = false;
  bool breaks = false;  // a line may end before it
};

// Latin words are not cut in the middle.
bool within_word(char32_t before, char32_t c) {
  return before < 0x1100 && c < 0x1100 && core::is_word_character(before) &&
         core::is_word_character(c);
}

std::vector<Character> characters(std::string_view text) {
  std::vector<Character> out;
  char32_t before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    auto c = core::next_code_point(text, at);
    if (!c) {
      ++at;
      c = 0xFFFD;
    }
    if (is_control(*c)) c = ' ';
    Character character;
    core::append_utf8(character.text, *c);
    character.width = width_of(*c);
    character.joins = joins(*c);
    character.breaks = !character.joins && !within_word(before, *c);
    out.push_back(std::move(character));
    before = *c;
  }
  return out;
}

}  // namespace

double text_width(std::string_view text) {
  double width = 0;
  for (const Character& character : characters(text)) width += character.width;
  return width;
}

std::vector<std::string> wrap_text(std::string_view text, double ems, std::size_t max_lines) {
  // Longer texts cannot fit anyway; this keeps cells of megabytes cheap.
  const std::vector<Character> all = characters(text.substr(0, 2000));
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < all.size() && lines.size() < max_lines) {
    while (at < all.size() && all[at].text == " ") ++at;
    const bool is_last = lines.size() + 1 == max_lines;
    double width = 0;
    std::size_t end = at;
    std::size_t cut = at;  // the last place where a line may end
    while (end < all.size() && width + all[end].width <= ems) {
      width += all[end].width;
      ++end;
      if (end < all.size() && all[end].breaks) cut = end;
    }
    while (end < all.size() && all[end].joins) ++end;
    const bool cuts = end < all.size();
    if (cuts && is_last) {
      while (end > at && (width + 1 > ems || all[end].joins)) width -= all[--end].width;
    } else if (cuts && cut > at) {
      end = cut;
    } else if (cuts && end == at) {
      ++end;  // not even one fits
    }
    std::string line;
    for (; at < end; ++at) line += all[at].text;
    if (cuts && is_last) line += "…";
    if (!line.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace minato::web
