// Rows of text in aligned columns, for terminals.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace minato::cli {

// Columns a text takes on a terminal: two for wide characters (kanji, kana and the like).
std::size_t display_width(std::string_view utf8);

// Control characters become blanks: texts come from strangers, and a terminal obeys them.
std::string printable(std::string_view utf8);

class TextTable {
 public:
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // Two blanks between columns, none at the end of a line.
  void print(std::ostream& out) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace minato::cli
