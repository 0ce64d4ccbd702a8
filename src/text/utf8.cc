#include "text/utf8.h"

namespace minato::text {
namespace {

// What may follow a lead byte (RFC 3629 s4): how many bytes, and the range of the first of them.
struct Lead {
  int following = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

char byte_of(char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); }

}  // namespace

char32_t decode(std::string_view text, std::size_t& offset) {
  const auto first = static_cast<unsigned char>(text[offset++]);
  if (first < 0x80) return first;
  Lead lead = lead_of(first);
  if (lead.following == 0) return kReplacement;
  char32_t value = first & (0x3FU >> static_cast<unsigned>(lead.following));
  for (int i = 0; i < lead.following; ++i) {
    if (offset == text.size()) return kReplacement;
    const auto next = static_cast<unsigned char>(text[offset]);
    if (next < lead.low || next > lead.high) return kReplacement;
    value = (value << 6U) | (next & 0x3FU);
    lead.low = 0x80;
    lead.high = 0xBF;
    ++offset;
  }
  return value;
}

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += byte_of(c);
  } else if (c < 0x800) {
    out += {byte_of(0xC0 | (c >> 6U)), byte_of(0x80 | (c & 0x3FU))};
  } else if (c < 0x10000) {
    out += {byte_of(0xE0 | (c >> 12U)), byte_of(0x80 | ((c >> 6U) & 0x3FU)),
            byte_of(0x80 | (c & 0x3FU))};
  } else {
    out += {byte_of(0xF0 | (c >> 18U)), byte_of(0x80 | ((c >> 12U) & 0x3FU)),
            byte_of(0x80 | ((c >> 6U) & 0x3FU)), byte_of(0x80 | (c & 0x3FU))};
  }
}

std::string sanitized(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      out += text[i++];
    } else {
      append(out, decode(text, i));
    }
  }
  return out;
}

std::string_view truncated(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && max_bytes - end < 4 &&
         (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
    --end;
  }
  return text.substr(0, end);
}

}  // namespace minato::text
