#include "web/frame/quoting.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "core/utf8.h"

namespace minato::web {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Controls, blanks of no width, marks of direction, line ends of Unicode, tags.
constexpr std::array<Range, 12> kUnseen = {{{0x00, 0x1F},
                                            {0x7F, 0x9F},
                                            {0xAD, 0xAD},
                                            {0x34F, 0x34F},
                                            {0x61C, 0x61C},
                                            {0x180B, 0x180E},
                                            {0x200B, 0x200F},
                                            {0x2028, 0x202E},
                                            {0x2060, 0x206F},
                                            {0xFEFF, 0xFEFF},
                                            {0xFFF9, 0xFFFB},
                                            {0xE0000, 0xE0FFF}}};

bool is_unseen(char32_t c) {
  for (const Range& range : kUnseen) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

std::string hex(const char* format, char32_t c) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), format, static_cast<unsigned>(c));
  return text.data();
}

// Writes `text` between quotes; `escape` appends what a character becomes, or returns false when it
// may stand as it is.
template <typename Escape>
std::string quoted(std::string_view text, const Escape& escape) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const auto c = core::next_code_point(text, at);
    if (!c) return out + '"';  // doors let valid UTF-8 pass only
    if (!escape(*c, out)) out += text.substr(start, at - start);
  }
  return out + '"';
}

bool escape_usual(char32_t c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return true;
    case '\\':
      out += "\\\\";
      return true;
    case '\n':
      out += "\\n";
      return true;
    case '\r':
      out += "\\r";
      return true;
    case '\t':
      out += "\\t";
      return true;
    default:
      return false;
  }
}

// \u202e and \U000e0001, as Python and R have them.
bool escape_backslash(char32_t c, std::string& out) {
  if (escape_usual(c, out)) return true;
  if (!is_unseen(c)) return false;
  out += hex(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c);
  return true;
}

bool escape_javascript(char32_t c, std::string& out) {
  if (escape_usual(c, out)) return true;
  if (!is_unseen(c)) return false;
  out += c > 0xFFFF ? hex("\\u{%x}", c) : hex("\\u%04x", c);
  return true;
}

}  // namespace

bool has_unseen(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = core::next_code_point(text, at);
    if (!c || is_unseen(*c)) return true;
  }
  return false;
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string python_literal(std::string_view text) { return quoted(text, escape_backslash); }

std::string javascript_literal(std::string_view text) { return quoted(text, escape_javascript); }

std::string r_literal(std::string_view text) { return quoted(text, escape_backslash); }

std::string m_literal(std::string_view text) {
  return quoted(text, [](char32_t c, std::string& out) {
    if (c == '"') {
      out += "\"\"";
    } else if (c == '#') {
      out += "#(#)";
    } else if (is_unseen(c)) {
      out += hex(c > 0xFFFF ? "#(%08X)" : "#(%04X)", c);
    } else {
      return false;
    }
    return true;
  });
}

}  // namespace minato::web
