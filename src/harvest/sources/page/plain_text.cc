#include "harvest/sources/page/plain_text.h"

#include "text/utf8.h"

namespace minato::harvest {
namespace {

char32_t plain_of(char32_t c) {
  if ((c >= U'a' && c <= U'z') || (c >= 0x3040 && c < 0xFF00)) return c;  // most of them
  if (c >= U'！' && c <= U'～') c -= 0xFEE0;
  if (c >= U'A' && c <= U'Z') return c + 0x20;
  constexpr std::u32string_view kOpening = U"[{〔【〈《〖｟";
  constexpr std::u32string_view kClosing = U"]}〕】〉》〗｠";
  constexpr std::u32string_view kDashes = U"‐‑‒–—―−";
  if (kOpening.find(c) != std::u32string_view::npos) return U'(';
  if (kClosing.find(c) != std::u32string_view::npos) return U')';
  if (kDashes.find(c) != std::u32string_view::npos) return U'-';
  if (c == U'〜') return U'~';
  if (c == U'、') return U',';
  if (c == U'･') return U'・';
  if (c < 0x20 || c == 0x7F || c == 0xA0 || c == 0x3000 || c == 0xFEFF || c == 0x200B) return U' ';
  return c;
}

}  // namespace

void PlainText::erase(std::size_t from, std::size_t to) {
  original.erase(from, to - from);
  plain.erase(from, to - from);
}

void PlainText::push(char32_t as_written, char32_t as_plain) {
  original.push_back(as_written);
  plain.push_back(as_plain);
}

PlainText plain_text(std::string_view utf8, std::size_t max_characters) {
  PlainText out;
  for (std::size_t at = 0; at < utf8.size() && out.size() < max_characters;) {
    const char32_t c = text::decode(utf8, at);
    const char32_t plain = plain_of(c);
    out.push(plain == U' ' ? U' ' : c, plain);
  }
  return out;
}

std::string utf8_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) text::append(out, c);
  return out;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_ascii_letter(char32_t c) { return c >= U'a' && c <= U'z'; }

}  // namespace minato::harvest
