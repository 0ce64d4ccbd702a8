#include "tabular/workbook/cell_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>

#include "core/utf8.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kEscapeBytes = 7;  // "_x000D_"
constexpr char32_t kReplacement = 0xFFFD;

// The UTF-16 unit of the escape at the begin of `text`.
std::optional<std::uint32_t> escaped_unit(std::string_view text) {
  if (text.size() < kEscapeBytes || text[0] != '_' || text[1] != 'x' || text[6] != '_') {
    return std::nullopt;
  }
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  if (error != std::errc() || end != text.data() + 6) return std::nullopt;
  return unit;
}

std::string resolve_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto unit = escaped_unit(text.substr(at));
    if (!unit) {
      out += text[at++];
      continue;
    }
    at += kEscapeBytes;
    char32_t code = *unit;
    if (code >= 0xD800 && code <= 0xDFFF) {
      const auto low = escaped_unit(text.substr(at));
      if (code <= 0xDBFF && low && *low >= 0xDC00 && *low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (*low - 0xDC00);
        at += kEscapeBytes;
      } else {
        code = kReplacement;
      }
    }
    core::append_utf8(out, code);
  }
  return out;
}

std::string replace_ill_formed(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (core::next_code_point(text, at)) {
      out.append(text, begin, at - begin);
    } else {
      core::append_utf8(out, kReplacement);
      ++at;
    }
  }
  return out;
}

}  // namespace

void clean_cell_text(std::string& text) {
  if (text.find("_x") != std::string::npos) text = resolve_escapes(text);
  if (!core::is_valid_utf8(text)) text = replace_ill_formed(text);
  if (text.find('\0') != std::string::npos) std::erase(text, '\0');
}

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) {
    const std::size_t size = std::max(kBlockBytes, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    bytes_ += size;
    free_ = blocks_.back().get();
    left_ = size;
  }
  char* const place = free_;
  std::memcpy(place, text.data(), text.size());
  free_ += text.size();
  left_ -= text.size();
  return {place, text.size()};
}

}  // namespace minato::tabular
