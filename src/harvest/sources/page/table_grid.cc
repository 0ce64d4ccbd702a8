#include "harvest/sources/page/table_grid.h"

#include <algorithm>
#include <charconv>

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxPlaces = 100'000;

std::size_t span_of(const HtmlNode& node, std::string_view name, std::size_t most) {
  const std::string_view text = node.attribute(name);
  std::size_t value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp<std::size_t>(value, 1, most);
}

class GridBuilder {
 public:
  explicit GridBuilder(TableGrid& grid) : grid_(grid) {}

  void start_row(NodeId node) {
    grid_.row_nodes.push_back(node);
    if (grid_.rows.size() < grid_.row_nodes.size()) grid_.rows.emplace_back();
    column_ = 0;
  }

  bool add(const HtmlNode& node, NodeId id) {
    if (grid_.row_nodes.empty()) return true;
    const std::size_t row = grid_.row_nodes.size() - 1;
    while (column_ < grid_.rows[row].size() && grid_.rows[row][column_] != TableGrid::kNoCell) {
      ++column_;
    }
    const std::size_t columns = span_of(node, "colspan", 50);
    const std::size_t rows = span_of(node, "rowspan", 200);
    places_ += rows * columns;
    if (places_ > kMaxPlaces) return false;
    grid_.cells.push_back({id, node.tag == "th", row, column_, columns});
    for (std::size_t r = row; r < row + rows; ++r) {
      if (grid_.rows.size() <= r) grid_.rows.emplace_back();
      auto& places = grid_.rows[r];
      if (places.size() < column_ + columns) places.resize(column_ + columns, TableGrid::kNoCell);
      for (std::size_t c = column_; c < column_ + columns; ++c) {
        if (places[c] == TableGrid::kNoCell) places[c] = grid_.cells.size() - 1;
      }
    }
    column_ += columns;
    return true;
  }

 private:
  TableGrid& grid_;
  std::size_t column_ = 0;
  std::size_t places_ = 0;
};

}  // namespace

TableGrid table_grid(const HtmlDocument& document, NodeId table) {
  TableGrid grid;
  GridBuilder builder(grid);
  for (NodeId id = table + 1; id < document.node(table).end;) {
    const HtmlNode& node = document.node(id);
    if (node.tag == "table") {
      grid.has_tables = true;
      id = node.end;
      continue;
    }
    if (node.tag == "tr") builder.start_row(id);
    if ((node.tag == "td" || node.tag == "th") && !builder.add(node, id)) break;
    ++id;
  }
  grid.rows.resize(grid.row_nodes.size());
  for (const auto& row : grid.rows) grid.width = std::max(grid.width, row.size());
  for (auto& row : grid.rows) row.resize(grid.width, TableGrid::kNoCell);
  return grid;
}

}  // namespace minato::harvest
