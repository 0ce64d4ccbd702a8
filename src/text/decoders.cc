#include "text/decoders.h"

#include <algorithm>
#include <cstring>

#include "text/jis_tables.h"
#include "text/utf8_scan.h"

namespace minato::text {
namespace {

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool in_set(unsigned char byte) { return byte >= 0x21 && byte <= 0x7E; }  // a 94-character set
bool in_high_set(unsigned char byte) { return byte >= 0xA1 && byte <= 0xFE; }

}  // namespace

BlockDecoder::Step Utf8Decoder::block(std::string_view text, char* out, bool last) {
  const unsigned char* const bytes = as_bytes(text);
  const std::size_t size = text.size();
  std::size_t at = 0;
  std::size_t good = 0;  // [good, at) is valid and not yet copied
  const auto copy = [&] {
    if (at == good) return;
    std::memcpy(out, bytes + good, at - good);
    out += at - good;
  };
  while (at < size) {
    at += ascii_words(bytes + at, size - at);
    while (at < size && bytes[at] != 0 && bytes[at] < 0x80) ++at;
    while (at < size && bytes[at] >= 0x80) {
      at += common_characters(bytes + at, size - at);
      if (at == size || bytes[at] < 0x80) break;
      const Utf8Step step = utf8_step(bytes + at, size - at);
      if (step.valid) {
        at += static_cast<std::size_t>(step.length);
        continue;
      }
      copy();
      if (step.length == 0 && !last) return {at, out};
      const std::size_t bad = step.length == 0 ? size - at : static_cast<std::size_t>(step.length);
      out = replace(out, bad);
      at += bad;
      good = at;
    }
    if (at < size && bytes[at] == 0) {
      copy();
      ++nuls_;
      good = ++at;
    }
  }
  copy();
  return {at, out};
}

Cp932Decoder::Cp932Decoder() : tables_(jis_tables()) {}

BlockDecoder::Step Cp932Decoder::block(std::string_view text, char* out, bool last) {
  const unsigned char* const bytes = as_bytes(text);
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    if (const std::size_t ascii = ascii_words(bytes + at, size - at); ascii > 0) {
      std::memcpy(out, bytes + at, ascii);
      out += ascii;
      at += ascii;
    }
    // Words of text and digits alternate: after some characters a look for eight digits pays.
    for (const std::size_t stop = std::min(size, at + 16); at < stop;) {
      const unsigned char byte = bytes[at];
      if (byte < 0x80) {
        out = put(out, byte);
        ++at;
      } else if (is_cp932_lead(byte)) {
        if (at + 1 == size && !last) return {at, out};
        const unsigned char trail = at + 1 < size ? bytes[at + 1] : 0;
        const char16_t character =
            is_cp932_trail(trail) ? tables_.cp932[byte - 0x81U][trail - 0x40U] : u'\0';
        if (character != 0) {
          out = put_utf8(out, character);
          at += 2;
        } else {  // an ASCII character behind a lone lead byte is kept: it may be a delimiter
          const std::size_t bad = trail >= 0x80 && is_cp932_trail(trail) ? 2 : 1;
          out = replace(out, bad);
          at += bad;
        }
      } else {
        out = is_half_width_kana(byte)
                  ? put_utf8(out, static_cast<char16_t>(byte + kHalfWidthKanaOffset))
                  : replace(out, 1);
        ++at;
      }
    }
  }
  return {at, out};
}

EucJpDecoder::EucJpDecoder() : tables_(jis_tables()) {}

BlockDecoder::Step EucJpDecoder::character(std::string_view text, char* out, bool last) {
  const unsigned char* const bytes = as_bytes(text);
  const unsigned char lead = bytes[0];
  const bool three = lead == 0x8F;
  if (lead != 0x8E && !three && !in_high_set(lead)) return {1, replace(out, 1)};
  const std::size_t length = three ? 3 : 2;
  for (std::size_t i = 1; i < length; ++i) {
    if (i == text.size()) return last ? Step{i, replace(out, i)} : Step{0, out};
    if (!in_high_set(bytes[i])) return {i, replace(out, i)};
  }
  char16_t character = 0;
  if (lead == 0x8E) {
    if (is_half_width_kana(bytes[1])) {
      character = static_cast<char16_t>(bytes[1] + kHalfWidthKanaOffset);
    }
  } else {
    const unsigned char second = bytes[length - 1] & 0x7FU;
    character =
        three ? tables_.at0212(bytes[1] & 0x7FU, second) : tables_.at0208(lead & 0x7FU, second);
  }
  return {length, character != 0 ? put_utf8(out, character) : replace(out, length)};
}

BlockDecoder::Step EucJpDecoder::block(std::string_view text, char* out, bool last) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t ascii = ascii_words(as_bytes(text) + at, text.size() - at);
    std::memcpy(out, text.data() + at, ascii);
    out += ascii;
    at += ascii;
    for (const std::size_t stop = std::min(text.size(), at + 16); at < stop;) {
      if (const auto byte = as_bytes(text)[at]; byte < 0x80) {
        out = put(out, byte);
        ++at;
        continue;
      }
      const Step step = character(text.substr(at), out, last);
      if (step.consumed == 0) return {at, out};
      at += step.consumed;
      out = step.end;
    }
  }
  return {at, out};
}

Iso2022JpDecoder::Iso2022JpDecoder() : tables_(jis_tables()) {}

void Iso2022JpDecoder::reset() {
  BlockDecoder::reset();
  set_ = Set::kAscii;
  shifted_out_ = false;
}

// The length of the escape sequence at the beginning, whose set is then in force; 0: none.
std::size_t Iso2022JpDecoder::escape(std::string_view bytes) {
  struct Escape {
    std::string_view text;
    Set set;
  };
  static constexpr Escape kEscapes[] = {{"\x1B(B", Set::kAscii},    {"\x1B(J", Set::kAscii},
                                        {"\x1B(H", Set::kAscii},    {"\x1B(I", Set::kKana},
                                        {"\x1B$@", Set::kJis0208},  {"\x1B$B", Set::kJis0208},
                                        {"\x1B$(D", Set::kJis0212}, {"\x1B$(B", Set::kJis0208}};
  for (const Escape& known : kEscapes) {
    if (!bytes.starts_with(known.text)) continue;
    set_ = known.set;
    return known.text.size();
  }
  // Announces the newer edition of JIS X 0208; ESC $ B follows.
  return bytes.starts_with("\x1B&@") ? 3 : 0;
}

BlockDecoder::Step Iso2022JpDecoder::character(std::string_view text, char* out, bool last) {
  const auto byte = as_bytes(text)[0];
  if (byte < 0x21 || byte == 0x7F) {  // controls and blanks; a line's end ends a forgotten set
    if (byte == '\n' || byte == '\r') set_ = Set::kAscii;
    return {1, put(out, byte)};
  }
  // Half-width kana in eight bits, as some mailers wrote them.
  if (is_half_width_kana(byte)) {
    return {1, put_utf8(out, static_cast<char16_t>(byte + kHalfWidthKanaOffset))};
  }
  if (byte > 0x7F) return {1, replace(out, 1)};
  if (shifted_out_ || set_ == Set::kKana) {
    if (byte > 0x5F) return {1, replace(out, 1)};
    return {1, put_utf8(out, static_cast<char16_t>(byte + 0xFF61 - 0x21))};
  }
  if (set_ == Set::kAscii) return {1, put(out, byte)};
  if (text.size() == 1) return last ? Step{1, replace(out, 1)} : Step{0, out};
  const auto second = as_bytes(text)[1];
  if (!in_set(second)) return {1, replace(out, 1)};
  const char16_t found =
      set_ == Set::kJis0212 ? tables_.at0212(byte, second) : tables_.at0208(byte, second);
  return {2, found != 0 ? put_utf8(out, found) : replace(out, 2)};
}

BlockDecoder::Step Iso2022JpDecoder::block(std::string_view text, char* out, bool last) {
  constexpr char kEscape = '\x1B';
  std::size_t at = 0;
  while (at < text.size()) {
    const char byte = text[at];
    if (byte == kEscape) {
      if (!last && text.size() - at < 4) return {at, out};
      const std::size_t length = escape(text.substr(at));
      if (length == 0) out = replace(out, 1);
      at += std::max<std::size_t>(length, 1);
    } else if (byte == '\x0E' || byte == '\x0F') {
      shifted_out_ = byte == '\x0E';
      ++at;
    } else {
      const Step step = character(text.substr(at), out, last);
      if (step.consumed == 0) return {at, out};
      at += step.consumed;
      out = step.end;
    }
  }
  return {at, out};
}

char16_t Utf16Decoder::unit(std::string_view bytes, std::size_t at) const {
  const unsigned first = as_bytes(bytes)[at];
  const unsigned second = as_bytes(bytes)[at + 1];
  return static_cast<char16_t>(big_endian_ ? first << 8U | second : second << 8U | first);
}

BlockDecoder::Step Utf16Decoder::block(std::string_view text, char* out, bool last) {
  std::size_t at = 0;
  while (text.size() - at >= 2) {
    const char16_t first = unit(text, at);
    if (first < 0xD800 || first > 0xDFFF) {
      out = put(out, first);
      at += 2;
      continue;
    }
    if (first <= 0xDBFF && text.size() - at < 4 && !last) return {at, out};
    const char16_t second = first <= 0xDBFF && text.size() - at >= 4 ? unit(text, at + 2) : u'\0';
    if (second < 0xDC00 || second > 0xDFFF) {
      out = replace(out, 2);
      at += 2;
      continue;
    }
    const char32_t c = 0x10000U + ((first - 0xD800U) << 10U) + (second - 0xDC00U);
    *out++ = static_cast<char>(0xF0U | (c >> 18U));
    *out++ = static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    *out++ = static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    *out++ = static_cast<char>(0x80U | (c & 0x3FU));
    at += 4;
  }
  if (last && at < text.size()) {
    out = replace(out, 1);
    ++at;
  }
  return {at, out};
}

}  // namespace minato::text
