// A table with its spans resolved: which cell covers which place.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harvest/sources/page/html_document.h"

namespace minato::harvest {

struct TableCell {
  NodeId node = kNoNode;
  bool header = false;  // <th>
  std::size_t row = 0;  // of its first place
  std::size_t column = 0;
  std::size_t columns = 1;
};

struct TableGrid {
  static constexpr std::size_t kNoCell = static_cast<std::size_t>(-1);

  std::vector<TableCell> cells;
  std::vector<NodeId> row_nodes;               // the <tr>
  std::vector<std::vector<std::size_t>> rows;  // indexes of cells, or kNoCell
  std::size_t width = 0;
  bool has_tables = false;  // other tables inside: it only lays the page out
};

// Of this table alone. Spans are cut at 200 rows, 50 columns, and the grid at 100,000 places.
TableGrid table_grid(const HtmlDocument& document, NodeId table);

}  // namespace minato::harvest
