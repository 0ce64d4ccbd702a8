// Fast steps over bytes that should be UTF-8; for loops that see every byte of a file.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace minato::text {

// How many of the first bytes are ASCII and not NUL, looking at whole words of eight only: the rest
// is the caller's.
inline std::size_t ascii_words(const unsigned char* bytes, std::size_t size) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighs = 0x8080808080808080U;
  std::size_t done = 0;
  while (size - done >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + done, 8);
    const std::uint64_t others = (word | (word - kOnes)) & kHighs;
    if (others != 0) {
      return std::endian::native == std::endian::little
                 ? done + static_cast<std::size_t>(std::countr_zero(others)) / 8
                 : done;
    }
    done += 8;
  }
  return done;
}

struct Utf8Step {
  int length = 0;  // bytes of the character, or of the ill-formed part; 0: cut by the end
  bool valid = false;
};

// One character of two bytes or more, or what takes its place (Unicode ch. 3.9, table 3-7).
// REQUIRES: size > 0 and the first byte is not ASCII.
inline Utf8Step utf8_step(const unsigned char* bytes, std::size_t size) {
  const unsigned char lead = bytes[0];
  const auto follows = [&](std::size_t i) { return (bytes[i] & 0xC0U) == 0x80; };
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  if (size < 2) return {0, false};
  if (lead < 0xE0) return follows(1) ? Utf8Step{2, true} : Utf8Step{1, false};
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (bytes[1] < low || bytes[1] > high) return {1, false};
  if (size < 3) return {0, false};
  if (!follows(2)) return {2, false};
  if (lead < 0xF0) return {3, true};
  if (size < 4) return {0, false};
  return follows(3) ? Utf8Step{4, true} : Utf8Step{3, false};
}

// How many of the first bytes are characters of three bytes each, of most kana and kanji: may stop
// before any of them.
inline std::size_t common_characters(const unsigned char* bytes, std::size_t size) {
  std::size_t done = 0;
  while (size - done >= 3) {
    const unsigned char lead = bytes[done];
    const bool common = (lead & 0xF0U) == 0xE0 && lead != 0xE0 && lead != 0xED &&
                        (bytes[done + 1] & 0xC0U) == 0x80 && (bytes[done + 2] & 0xC0U) == 0x80;
    if (!common) break;
    done += 3;
  }
  return done;
}

// REQUIRES: a valid character of `length` bytes, 2 to 4.
inline char32_t utf8_value(const unsigned char* bytes, int length) {
  if (length == 2) return (bytes[0] & 0x1FU) << 6U | (bytes[1] & 0x3FU);
  if (length == 3) {
    return (bytes[0] & 0x0FU) << 12U | (bytes[1] & 0x3FU) << 6U | (bytes[2] & 0x3FU);
  }
  return (bytes[0] & 0x07U) << 18U | (bytes[1] & 0x3FU) << 12U | (bytes[2] & 0x3FU) << 6U |
         (bytes[3] & 0x3FU);
}

// REQUIRES: room for three bytes; a code point of the basic plane.
inline char* put_utf8(char* out, char16_t c) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
    return out;
  }
  if (c < 0x800) {
    *out++ = static_cast<char>(0xC0U | (c >> 6U));
  } else {
    *out++ = static_cast<char>(0xE0U | (c >> 12U));
    *out++ = static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
  }
  *out++ = static_cast<char>(0x80U | (c & 0x3FU));
  return out;
}

}  // namespace minato::text
