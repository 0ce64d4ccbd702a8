#include "core/utf8.h"

namespace minato::core {
namespace {

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;  // anything below is an overlong form
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte < 0x80U) return Lead{1, byte, 0};
  if (byte >= 0xC2U && byte <= 0xDFU) return Lead{2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0U && byte <= 0xEFU) return Lead{3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0U && byte <= 0xF4U) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

}  // namespace

std::optional<char32_t> next_code_point(std::string_view text, std::size_t& offset) {
  const auto lead = lead_of(static_cast<unsigned char>(text[offset]));
  if (!lead || text.size() - offset < lead->length) return std::nullopt;
  char32_t code_point = lead->bits;
  for (std::size_t i = 1; i < lead->length; ++i) {
    const auto byte = static_cast<unsigned char>(text[offset + i]);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    code_point = (code_point << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < lead->least || surrogate || code_point > 0x10FFFF) return std::nullopt;
  offset += lead->length;
  return code_point;
}

bool is_valid_utf8(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    if (static_cast<unsigned char>(text[offset]) < 0x80U) {
      ++offset;
    } else if (!next_code_point(text, offset)) {
      return false;
    }
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size(); ++count) {
    if (!next_code_point(text, offset)) ++offset;
  }
  return count;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

}  // namespace minato::core
