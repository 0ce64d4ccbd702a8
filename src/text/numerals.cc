#include "text/numerals.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "text/utf8.h"

namespace minato::text {
namespace {

constexpr std::size_t kMaxNumeralBytes = 96;
constexpr std::size_t kMaxDigits = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_minus(char32_t c) {
  return c == U'-' || c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2212 ||
         c == 0xFF0D;
}

// ASCII characters of a number, with what was noticed on the way.
struct Plain {
  std::array<char, kMaxDigits + 8> bytes{};
  std::size_t size = 0;
  bool negative = false;
  bool decorated = false;
  bool exponent = false;
  bool valid = false;
};

// The ASCII character that `c` stands for inside a number; 0: none.
char numeral_character(char32_t c) {
  if (c >= 0xFF10 && c <= 0xFF19) {
    return static_cast<char>('0' + (c - 0xFF10));
  }
  if ((c >= U'0' && c <= U'9') || c == U'.' || c == U',') {
    return static_cast<char>(c);
  }
  switch (c) {
    case 0xFF0E:
      return '.';
    case 0xFF0C:
      return ',';
    case U'e':
    case U'E':
      return 'E';
    default:
      return 0;
  }
}

// The sign in front, and blanks behind it ("△ 5").
std::size_t read_sign(std::string_view text, Plain& plain) {
  std::size_t offset = 0;
  const char32_t first = decode(text, offset);
  if (is_minus(first)) {
    plain.negative = true;
  } else if (first == 0x25B3 || first == 0x25B2) {
    plain.negative = true;
    while (offset < text.size() && text[offset] == ' ') {
      ++offset;
    }
  } else if (first != U'+' && first != 0xFF0B) {
    return 0;
  }
  plain.decorated = plain.decorated || first >= 0x80;
  return offset;
}

// Commas stand before every third digit of the integer part, or nowhere.
bool grouped_well(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of(".E"), text.size());
  const std::size_t first = text.find(',');
  if (first == std::string_view::npos) {
    return true;
  }
  if (first == 0 || first > 3 || first >= end || text[0] == '0') {
    return false;
  }
  for (std::size_t i = first; i < end; ++i) {
    if ((text[i] == ',') != ((i - first) % 4 == 0)) {
      return false;
    }
  }
  return (end - first) % 4 == 0 && text.find(',', end) == std::string_view::npos;
}

// Commas checked and taken out; false: this is no number.
bool remove_groups(Plain& plain) {
  const std::string_view text(plain.bytes.data(), plain.size);
  if (text.find(',') == std::string_view::npos) {
    return true;
  }
  if (!grouped_well(text)) {
    return false;
  }
  plain.decorated = true;
  char* end = std::remove(plain.bytes.data(), plain.bytes.data() + plain.size, ',');
  plain.size = static_cast<std::size_t>(end - plain.bytes.data());
  return true;
}

Plain to_plain(std::string_view text) {
  Plain plain;
  std::size_t offset = read_sign(text, plain);
  while (offset < text.size()) {
    const char32_t c = decode(text, offset);
    char ascii = numeral_character(c);
    const bool after_exponent = plain.exponent && plain.bytes[plain.size - 1] == 'E';
    if (after_exponent && (is_minus(c) || c == U'+')) {
      ascii = c == U'+' ? '+' : '-';
    }
    if (ascii == 0 || plain.size >= kMaxDigits || (ascii == 'E' && plain.exponent)) {
      return plain;
    }
    plain.exponent = plain.exponent || ascii == 'E';
    plain.decorated = plain.decorated || c >= 0x80;
    plain.bytes[plain.size++] = ascii;
  }
  plain.valid = remove_groups(plain);
  return plain;
}

// digits [. digits] [E [sign] digits], or . digits
bool well_formed(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&text, &i] {
    const std::size_t begin = i;
    while (i < text.size() && is_digit(text[i])) {
      ++i;
    }
    return i - begin;
  };
  const std::size_t whole = digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0) {
      return false;
    }
  } else if (whole == 0) {
    return false;
  }
  if (i < text.size() && text[i] == 'E') {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) {
      ++i;
    }
    if (digits() == 0) {
      return false;
    }
  }
  return i == text.size();
}

Numeral convert(Plain& plain) {
  Numeral numeral;
  const std::string_view text(plain.bytes.data(), plain.size);
  if (!well_formed(text)) {
    return numeral;
  }
  numeral.decorated = plain.decorated;
  numeral.exponent = plain.exponent;
  const bool whole = text.find_first_of(".E") == std::string_view::npos;
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) {
    numeral.kind = NumeralKind::kCode;
    return numeral;
  }
  const char* const end = text.data() + text.size();
  if (whole) {
    const auto [at, error] = std::from_chars(text.data(), end, numeral.integer);
    numeral.kind = error == std::errc() && at == end ? NumeralKind::kInteger : NumeralKind::kCode;
    numeral.integer = plain.negative ? -numeral.integer : numeral.integer;
    numeral.number = static_cast<double>(numeral.integer);
    return numeral;
  }
  const auto [at, error] = std::from_chars(text.data(), end, numeral.number);
  if (error == std::errc() && at == end) {
    numeral.kind = NumeralKind::kNumber;
    numeral.number = plain.negative ? -numeral.number : numeral.number;
  }
  return numeral;
}

// ASCII only, at most 15 digits: nearly every number there is.
bool read_fast(std::string_view text, Numeral& numeral) {
  static constexpr std::array<double, 16> kPowers{1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = text[0] == '-';
  const std::size_t begin = negative ? 1 : 0;
  std::int64_t digits = 0;
  std::size_t point = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned char>(text[i] - '0');
    if (digit < 10) {
      digits = digits * 10 + digit;
    } else if (text[i] == '.' && point == 0 && i > begin) {
      point = i;
    } else {
      return false;
    }
  }
  if (text.size() == begin || (point != 0 && point + 1 == text.size())) {
    return false;
  }
  if (text[begin] == '0' && begin + 1 < text.size() && point != begin + 1) {
    numeral.kind = NumeralKind::kCode;
    return true;
  }
  numeral.integer = negative ? -digits : digits;
  numeral.number = static_cast<double>(numeral.integer);
  numeral.kind = NumeralKind::kInteger;
  if (point != 0) {
    // Both are exact below 2^53 and 10^22, so the quotient is rounded once: the nearest double.
    numeral.number /= kPowers[text.size() - point - 1];
    numeral.kind = NumeralKind::kNumber;
  }
  return true;
}

// Rules out telephone numbers, dates, addresses: no ASCII character but these, and a hyphen only in
// front or in the exponent.
bool may_be_numeral(std::string_view text) {
  char before = 'E';
  for (const char c : text) {
    if (c == '-' && before != 'e' && before != 'E') {
      return false;
    }
    if (static_cast<unsigned char>(c) < 0x80 && !is_digit(c) && c != '.' && c != ',' && c != '-' &&
        c != '+' && c != ' ' && c != 'e' && c != 'E') {
      return false;
    }
    before = c;
  }
  return true;
}

constexpr std::array<std::string_view, 26> kSigns{
    "‥",    "・・・", "*",    "**",  "***",     "****",    "＊",    "＊＊＊", "x",
    "X",    "ｘ",     "Ｘ",   "χ",   "N/A",     "n/a",     "NA",    "NULL",   "null",
    "None", "NaN",    "#N/A", "nan", "#VALUE!", "#DIV/0!", "#REF!", "Ｎ／Ａ"};
constexpr std::array<std::string_view, 16> kWords{
    "不明", "なし",   "無し",   "ナシ",   "該当なし",   "未定", "未詳", "不詳",
    "秘匿", "非公表", "非公開", "未調査", "データなし", "欠測", "欠損", "未設定"};

bool is_dash(char32_t c) {
  return is_minus(c) || c == 0x2014 || c == 0x2015 || c == 0x30FC || c == 0x2500 || c == 0xFF70;
}

bool only(std::string_view text, bool (*test)(char32_t)) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    if (!test(decode(text, offset))) {
      return false;
    }
  }
  return !text.empty();
}

}  // namespace

void read_numeral(std::string_view text, Numeral& numeral) {
  if (text.empty() || text.size() > kMaxNumeralBytes ||
      (text.size() <= 16 && read_fast(text, numeral)) || !may_be_numeral(text)) {
    return;
  }
  Plain plain = to_plain(text);
  if (plain.valid) {
    numeral = convert(plain);
  }
}

Numeral read_numeral(std::string_view text) {
  Numeral numeral;
  read_numeral(text, numeral);
  return numeral;
}

namespace {

// Whether a mark may begin so: asked for every short text of a table, and nearly always false.
bool may_begin_mark(std::string_view text) {
  std::size_t offset = 0;
  switch (const char32_t c = decode(text, offset)) {
    case U'不':
    case U'な':
    case U'無':
    case U'ナ':
    case U'該':
    case U'未':
    case U'秘':
    case U'非':
    case U'デ':
    case U'欠':
    case U'‥':
    case U'・':
    case U'…':
    case U'⋯':
    case U'＊':
    case U'ｘ':
    case U'Ｘ':
    case U'Ｎ':
    case U'χ':
      return true;
    default:
      return is_dash(c) || c == U'*' || c == U'x' || c == U'X' || c == U'N' || c == U'n' ||
             c == U'#' || c == U'.';
  }
}

}  // namespace

bool is_dashes(std::string_view text) { return text.size() <= 24 && only(text, is_dash); }

MissingMark missing_mark(std::string_view text) {
  if (text.empty() || text.size() > 24 || !may_begin_mark(text)) {
    return MissingMark::kNone;
  }
  const auto ellipsis = [](char32_t c) { return c == 0x2026 || c == U'.' || c == 0x22EF; };
  if (is_dashes(text) || (text != "." && only(text, ellipsis)) ||
      std::find(kSigns.begin(), kSigns.end(), text) != kSigns.end()) {
    return MissingMark::kSign;
  }
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end() ? MissingMark::kWord
                                                                       : MissingMark::kNone;
}

}  // namespace minato::text
