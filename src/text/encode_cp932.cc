#include <cstring>
#include <optional>

#include "text/encoding.h"
#include "text/jis_tables.h"
#include "text/utf8.h"
#include "text/utf8_scan.h"

namespace minato::text {
namespace {

// What CP932 writes under another code point: the JIS side of Microsoft's seven differences, and
// what Windows' own conversion folds to ASCII.
std::optional<char16_t> other_spelling(char32_t c) {
  switch (c) {
    case 0x301C:
      return u'\uFF5E';
    case 0x2212:
      return u'\uFF0D';
    case 0x2014:
    case 0x2013:
      return u'\u2015';
    case 0x2016:
      return u'\u2225';
    case 0x00A2:
      return u'\uFFE0';
    case 0x00A3:
      return u'\uFFE1';
    case 0x00AC:
      return u'\uFFE2';
    case 0x00A5:
      return u'\uFFE5';
    case 0x203E:
    case 0x00AF:
      return u'\uFFE3';
    case 0x00A6:
      return u'\uFFE4';
    case 0x00A0:
    case 0x202F:
    case 0x2009:
      return u' ';
    case 0x2011:
      return u'\u2010';
    case 0x00B5:
      return u'\u03BC';
    case 0x00B7:
      return u'\u30FB';
    case 0x2027:
    case 0x2022:
      return u'\u30FB';
    case 0x3094:
      return u'\u30F4';
    default:
      return std::nullopt;
  }
}

// A kana and a voicing mark of its own (U+3099, U+309A), as macOS writes file names; 0: no pair.
char16_t voiced(char32_t kana, char32_t mark) {
  const char32_t base = kana >= 0x30A1 ? kana - 0x60 : kana;
  const bool h_row = base >= 0x306F && base <= 0x307B && base % 3 == 0;
  if (mark == 0x309A) return h_row ? static_cast<char16_t>(kana + 2) : u'\0';
  if (base == 0x3046) return kana == 0x30A6 ? u'\u30F4' : u'\u3094';
  const bool k_to_t = (base >= 0x304B && base <= 0x3061 && base % 2 == 1) || base == 0x3064 ||
                      base == 0x3066 || base == 0x3068;
  return h_row || k_to_t ? static_cast<char16_t>(kana + 1) : u'\0';
}

bool append_code(char32_t c, std::string& out) {
  if (c >= 0xFF61 && c <= 0xFF9F) {
    out += static_cast<char>(c - kHalfWidthKanaOffset);
    return true;
  }
  if (c > 0xFFFF) return false;
  std::uint16_t code = cp932_codes()[c];
  if (code == 0) {
    const auto other = other_spelling(c);
    if (!other) return false;
    if (*other < 0x80) {
      out += static_cast<char>(*other);
      return true;
    }
    code = cp932_codes()[*other];
  }
  if (code == 0) return false;
  out += static_cast<char>(code >> 8U);
  out += static_cast<char>(code & 0xFFU);
  return true;
}

}  // namespace

std::int64_t encode_cp932(std::string_view utf8, std::string& out) {
  constexpr std::string_view kGeta = "\x81\xAC";
  std::int64_t lacking = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(utf8.data());
    const std::size_t ascii = ascii_words(bytes + at, utf8.size() - at);
    out.append(utf8.substr(at, ascii));
    at += ascii;
    if (at == utf8.size()) break;
    if (bytes[at] < 0x80) {
      out += utf8[at++];
      continue;
    }
    char32_t c = decode(utf8, at);
    if (c >= 0x3046 && c <= 0x30DB && at < utf8.size()) {
      std::size_t behind = at;
      const char32_t mark = decode(utf8, behind);
      const char16_t composed = mark == 0x3099 || mark == 0x309A ? voiced(c, mark) : u'\0';
      if (composed != 0) {
        c = composed;
        at = behind;
      }
    }
    if (append_code(c, out)) continue;
    out.append(kGeta);
    ++lacking;
  }
  return lacking;
}

}  // namespace minato::text
