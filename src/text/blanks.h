// Blanks at the outside of cells: ASCII blanks and line ends, U+00A0, U+3000, U+FEFF, and U+001A,
// with which DOS ended texts.
#pragma once

#include <cstddef>
#include <string_view>

namespace minato::text {

// Bytes of the blank at the beginning of `text`; 0: none.
inline std::size_t leading_blank(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const auto byte = static_cast<unsigned char>(text[0]);
  if (byte <= ' ') {
    return byte == ' ' || byte == 0x1A || (byte >= '\t' && byte <= '\r') ? 1 : 0;
  }
  if (byte == 0xE3) {
    return text.starts_with("\xE3\x80\x80") ? 3 : 0;
  }
  if (byte == 0xC2) {
    return text.starts_with("\xC2\xA0") ? 2 : 0;
  }
  return byte == 0xEF && text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

inline std::size_t trailing_blank(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const auto byte = static_cast<unsigned char>(text.back());
  if (byte <= ' ') {
    return byte == ' ' || byte == 0x1A || (byte >= '\t' && byte <= '\r') ? 1 : 0;
  }
  if (byte == 0x80) {
    return text.ends_with("\xE3\x80\x80") ? 3 : 0;
  }
  if (byte == 0xA0) {
    return text.ends_with("\xC2\xA0") ? 2 : 0;
  }
  return byte == 0xBF && text.ends_with("\xEF\xBB\xBF") ? 3 : 0;
}

inline std::string_view trimmed(std::string_view text) {
  while (const std::size_t blank = leading_blank(text)) {
    text.remove_prefix(blank);
  }
  while (const std::size_t blank = trailing_blank(text)) {
    text.remove_suffix(blank);
  }
  return text;
}

}  // namespace minato::text
