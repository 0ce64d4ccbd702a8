// The forms that nearly all cells of nearly all files have, told apart at a glance; whatever they
// refuse may still be a number, a date or a time (text/numerals.h, text/japanese_date.h).
#pragma once

#include <cstddef>
#include <string_view>

#include "tabular/types/cell_class.h"

namespace minato::tabular {

inline bool is_plain_digit(char c) { return c >= '0' && c <= '9'; }

// kInteger, kNumber or kCode for ASCII digits with a minus before and a point among them; kText:
// something else. REQUIRES: not empty.
inline CellClass plain_numeral_class(std::string_view text) {
  constexpr std::size_t kMaxBytes = 16;
  const std::size_t begin = text[0] == '-' ? 1 : 0;
  if (text.size() > kMaxBytes || text.size() == begin) return CellClass::kText;
  std::size_t point = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (is_plain_digit(text[i])) continue;
    if (text[i] != '.' || point != 0 || i == begin || i + 1 == text.size()) return CellClass::kText;
    point = i;
  }
  const bool zero_before_digit =
      text[begin] == '0' && begin + 1 < text.size() && point != begin + 1;
  if (zero_before_digit) return CellClass::kCode;
  return point == 0 ? CellClass::kInteger : CellClass::kNumber;
}

inline bool has_plain_digits(std::string_view text, std::size_t at, std::size_t count) {
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_plain_digit(text[i])) return false;
  }
  return true;
}

inline int two_plain_digits(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// "2024-04-01", of years and days that need no calendar.
inline bool is_plain_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !has_plain_digits(text, 0, 4) ||
      !has_plain_digits(text, 5, 2) || !has_plain_digits(text, 8, 2)) {
    return false;
  }
  const int century = two_plain_digits(text, 0);
  const int month = two_plain_digits(text, 5);
  const int day = two_plain_digits(text, 8);
  return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

// "09:30", before midnight.
inline bool is_plain_time(std::string_view text) {
  return text.size() == 5 && text[2] == ':' && has_plain_digits(text, 0, 2) &&
         has_plain_digits(text, 3, 2) && two_plain_digits(text, 0) < 24 &&
         two_plain_digits(text, 3) < 60;
}

}  // namespace minato::tabular
