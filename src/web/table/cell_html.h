// Cells of a table as HTML: the one place where markup is made outside the templates, because a
// page has thousands of them. Everything from the table is escaped here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/table.h"
#include "web/frame/texts.h"

namespace minato::web {

// The value as people read it, unescaped; empty for null. `grouped`: "12,345".
std::string cell_text(const core::ValueView& value, bool grouped, const Texts& texts);

// The first `most` characters, and whether there were more.
struct ShortText {
  std::string text;
  bool is_cut = false;
};
ShortText first_characters(std::string_view text, std::size_t most);

// Writes the cells of one table. Long texts are folded, very long ones end with a link to the row
// in the API; what is folded away on one page is limited, so that a page stays small whatever the
// table holds. Not thread-safe.
class CellWriter {
 public:
  explicit CellWriter(const Texts& texts) : texts_(texts) {}

  struct Cell {
    core::ValueView value;
    bool is_number = false;  // right-aligned
    bool is_grouped = false;
    bool heads_row = false;  // <th scope="row">
  };
  // `row_href`: where the whole row is.
  void append(std::string& html, const Cell& cell, const std::string& row_href);

 private:
  void append_text(std::string& html, std::string_view text, const std::string& row_href);
  void append_long(std::string& html, std::string_view text, const std::string& row_href);

  const Texts& texts_;
  std::size_t folded_ = 0;  // bytes so far
};

}  // namespace minato::web
