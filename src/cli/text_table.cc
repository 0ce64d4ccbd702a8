#include "cli/text_table.h"

#include <algorithm>

namespace minato::cli {

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (const char byte : utf8) {
    const auto c = static_cast<unsigned char>(byte);
    if ((c & 0xC0) == 0x80) continue;  // inside a character
    width += c >= 0xE1 ? 2 : 1;        // U+1000 and above
  }
  return width;
}

std::string printable(std::string_view utf8) {
  std::string text(utf8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) text[i] = ' ';
    // U+0080 to U+009F
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      text[i] = text[i + 1] = ' ';
    }
  }
  return text;
}

void TextTable::print(std::ostream& out) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    if (row.size() > widths.size()) widths.resize(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      line.append(widths[i] - display_width(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << "\n";
  }
}

}  // namespace minato::cli
