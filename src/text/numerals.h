// Numbers as people write them in Japanese tables: 1,234  １，２３４  △1.5  －3  1.2E+3.
#pragma once

#include <cstdint>
#include <string_view>

namespace minato::text {

enum class NumeralKind : std::uint8_t {
  kNone,     // no number: "10人", "52.7%", "1,12"
  kInteger,  // fits 64 bits
  kNumber,
  kCode,  // digits, but written as a code ("012", "00.5") or too long for 64 bits
};

struct Numeral {
  NumeralKind kind = NumeralKind::kNone;
  std::int64_t integer = 0;
  double number = 0;       // of kInteger too
  bool decorated = false;  // thousands separators, full-width characters, △ or ▲
  bool exponent = false;
};

// `text` without outer blanks. Never allocates.
Numeral read_numeral(std::string_view text);
// The same, into a numeral as it was made.
void read_numeral(std::string_view text, Numeral& numeral);

// Marks that stand where a value is missing.
enum class MissingMark : std::uint8_t {
  kNone,
  kSign,  // - － ― … *** x N/A #N/A NULL
  kWord,  // 不明 なし 未定: may well be values in a column of words
};

MissingMark missing_mark(std::string_view text);

// Only dashes: "-", "－", "―", "--".
bool is_dashes(std::string_view text);

}  // namespace minato::text
