#include "text/character.h"

#include <unicode/uchar.h>

#include <array>

namespace minato::text {
namespace {

constexpr bool is_ascii_letter(unsigned c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

CharacterClass class_by_property(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  const auto mask = U_GET_GC_MASK(point);
  if ((mask & U_GC_N_MASK) != 0) return CharacterClass::kDigit;
  if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return CharacterClass::kLetter;
  return CharacterClass::kSeparator;
}

bool is_cjk(char32_t c) {
  if (c < 0x3005) return c >= 0x1100 && c <= 0x11FF;
  return is_han(c) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x3099 && c <= 0x309F) ||
         (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x318F) ||
         (c >= 0x31A0 && c <= 0x31BF) || (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF) ||
         (c >= 0xFF66 && c <= 0xFFDC) || (c >= 0x1B000 && c <= 0x1B16F);
}

}  // namespace

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3005 && c <= 0x3007) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFD);
}

bool is_white_space(char32_t c) {
  return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r')
                  : u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

CharacterClass class_of(char32_t c) {
  if (c < 0x80) {
    if (is_ascii_letter(static_cast<unsigned>(c))) return CharacterClass::kLetter;
    return c >= '0' && c <= '9' ? CharacterClass::kDigit : CharacterClass::kSeparator;
  }
  return is_cjk(c) ? CharacterClass::kCjk : class_by_property(c);
}

}  // namespace minato::text
