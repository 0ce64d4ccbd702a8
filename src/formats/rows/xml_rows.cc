#include "formats/rows/xml_rows.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/utf8.h"
#include "formats/rows/cell_text.h"

namespace minato::formats {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// NameStartChar without ":" (XML 1.0 s2.3).
constexpr Range kNameStart[] = {
    {'A', 'Z'},       {'_', '_'},       {'a', 'z'},       {0xC0, 0xD6},     {0xD8, 0xF6},
    {0xF8, 0x2FF},    {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F},
    {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
constexpr Range kNameMore[] = {
    {'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};
// Punctuation that the ranges above let in, but that no one wants in a name.
constexpr Range kPunctuation[] = {{0x3001, 0x3003}, {0x3008, 0x3020}, {0xFF01, 0xFF0F},
                                  {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}};

template <std::size_t N>
bool in(const Range (&ranges)[N], char32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool is_xml_control(unsigned char byte) {
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr unsigned char kPlainFrom = '>' + 1;
  if (!has_byte_below(text, kPlainFrom)) {
    out += text;
    return;
  }
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '\r') {
      out += "&#13;";
    } else if (!is_xml_control(static_cast<unsigned char>(c))) {
      out += c;
    }
  }
}

void append_value(std::string& out, const core::ValueView& value) {
  std::array<char, kMaxNumberBytes> digits{};
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    append_escaped(out, *text);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    out.append(digits.data(), write_number(digits.data(), *integer));
  } else if (const auto* number = std::get_if<double>(&value)) {
    out.append(digits.data(), write_number(digits.data(), *number));
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    out += *flag ? "true" : "false";
  }
}

}  // namespace

std::string xml_name(std::string_view name) {
  std::string made;
  for (std::size_t offset = 0; offset < name.size();) {
    const std::size_t start = offset;
    const auto c = core::next_code_point(name, offset);
    if (!c) ++offset;
    const bool starts = c && in(kNameStart, *c) && !in(kPunctuation, *c);
    const bool goes_on = c && in(kNameMore, *c);
    if (made.empty() && !starts && goes_on) made += '_';
    if (starts || goes_on) {
      made.append(name.substr(start, offset - start));
    } else {
      made += '_';
    }
  }
  return made.empty() ? "_" : made;
}

XmlRowWriter::XmlRowWriter(std::vector<std::string> names, bool bom)
    : names_(std::move(names)), bom_(bom) {
  for (std::string& name : names_) name = name == "_id" ? "" : xml_name(name);
}

void XmlRowWriter::begin(std::string& out) {
  if (bom_) out += "\xEF\xBB\xBF";
  out += "<data xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n";
}

void XmlRowWriter::row(std::span<const core::ValueView> values, std::string& out) {
  out += "<row";
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (!names_[i].empty()) continue;
    out += " _id=\"";
    append_value(out, values[i]);
    out += '"';
  }
  out += '>';
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].empty()) continue;
    out += '<' + names_[i];
    if (std::holds_alternative<std::monostate>(values[i])) {
      out += " xsi:nil=\"true\" />";
      continue;
    }
    out += '>';
    append_value(out, values[i]);
    out += "</" + names_[i] + '>';
  }
  out += "</row>\n";
}

void XmlRowWriter::end(std::string& out) { out += "</data>\n"; }

}  // namespace minato::formats
