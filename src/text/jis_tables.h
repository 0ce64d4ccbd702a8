// The mapping tables of the Japanese encodings, built once from ICU's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace minato::text {

inline constexpr std::size_t kJisCells = 94;  // JIS X 0208: 94 rows of 94 cells

// Code points; 0 where there is no character.
struct JisTables {
  std::array<std::array<char16_t, 0xFD - 0x40>, 0xFD - 0x81> cp932{};  // [lead - 81][trail - 40]
  // Rows as EUC-JP and ISO-2022-JP count them, with the extensions of eucJP-ms and CP51932: NEC row
  // 13, NEC-selected IBM kanji in rows 89 to 92, user-defined characters in 85 to 88, 93 and 94.
  std::array<char16_t, kJisCells * kJisCells> jis0208{};
  std::array<char16_t, kJisCells * kJisCells> jis0212{};  // with IBM kanji in rows 83 and 84

  [[nodiscard]] char16_t at0208(unsigned char first, unsigned char second) const {
    return jis0208[(first - std::size_t{0x21}) * kJisCells + (second - std::size_t{0x21})];
  }
  [[nodiscard]] char16_t at0212(unsigned char first, unsigned char second) const {
    return jis0212[(first - std::size_t{0x21}) * kJisCells + (second - std::size_t{0x21})];
  }
};

const JisTables& jis_tables();  // thread-safe

// CP932's code of each code point of the basic plane, 0 without one; where CP932 has a character
// twice, the code Windows writes. Thread-safe.
const std::array<std::uint16_t, 0x10000>& cp932_codes();

inline bool is_cp932_lead(unsigned char byte) {
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}
inline bool is_cp932_trail(unsigned char byte) {
  return byte >= 0x40 && byte <= 0xFC && byte != 0x7F;
}
inline bool is_half_width_kana(unsigned char byte) { return byte >= 0xA1 && byte <= 0xDF; }
inline constexpr char16_t kHalfWidthKanaOffset = 0xFF61 - 0xA1;

// The row (from 1) of JIS X 0208 a pair of CP932 bytes stands for; above 94 for the extensions.
inline int cp932_row(unsigned char lead, unsigned char trail) {
  const int half = lead < 0xA0 ? lead - 0x81 : lead - 0xC1;
  return half * 2 + (trail >= 0x9F ? 2 : 1);
}

}  // namespace minato::text
