// Cells as text, fast: the inner loop of every export.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "core/table.h"

namespace minato::formats {

// Longest text of a number that append_number() writes.
inline constexpr std::size_t kMaxNumberBytes = 32;

// Writes to `at` and returns the end. REQUIRES: room for kMaxNumberBytes. The shortest text that
// reads back equal; whole numbers below 10^15 and fractions above 10^-5 without exponent. NaN and
// infinities (which no table holds) write nothing.
char* write_number(char* at, std::int64_t number);
char* write_number(char* at, double number);

// Whether `text` has a byte below `limit` (at most 0x80).
inline bool has_byte_below(std::string_view text, unsigned char limit) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    if (((word - kOnes * limit) & ~word & kHighs) != 0) return true;
  }
  for (; left > 0; ++at, --left) {
    if (static_cast<unsigned char>(*at) < limit) return true;
  }
  return false;
}

// Bytes that the texts of a row can need at most when each byte becomes up to `per_byte`, and each
// cell up to `per_cell` more. Numbers count kMaxNumberBytes.
std::size_t widest(std::span<const core::ValueView> values, std::size_t per_byte,
                   std::size_t per_cell);

// Scratch room that is not cleared each time, as std::string::resize() does.
class RowBuffer {
 public:
  // Room for `bytes`; the content is gone.
  char* room(std::size_t bytes) {
    if (buffer_.size() < bytes) buffer_.resize(bytes + bytes / 2);
    return buffer_.data();
  }

 private:
  std::string buffer_;
};

// Whether a spreadsheet would run a cell of this text as a formula.
bool looks_like_formula(std::string_view text);

}  // namespace minato::formats
