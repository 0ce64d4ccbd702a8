#include "storage/sqlite/tables/position_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace minato::storage::sqlite::tables {
namespace {

// Of the RTREE module: a node is a blob of 16-bit depth (of the root), 16-bit count and cells of a
// 64-bit number and four 32-bit floats, all big-endian; at most 51 cells.
constexpr std::size_t kCells = 51;
constexpr std::size_t kCellBytes = 24;
constexpr std::size_t kNodeBytes = 4 + kCells * kCellBytes;
constexpr std::int64_t kRoot = 1;
constexpr std::size_t kFewRows = 2'000;  // a scan is quick enough

using Cell = PositionIndexBuilder::Cell;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) {
    out += static_cast<char>((value >> (8U * static_cast<unsigned>(i))) & 0xFFU);
  }
}

std::string node_of(const Cell* cells, std::size_t count, std::size_t depth) {
  std::string node;
  node.reserve(kNodeBytes);
  put(node, depth, 2);
  put(node, count, 2);
  for (std::size_t i = 0; i < count; ++i) {
    put(node, cells[i].number, 8);
    for (const float edge : {cells[i].south, cells[i].north, cells[i].west, cells[i].east}) {
      put(node, std::bit_cast<std::uint32_t>(edge), 4);
    }
  }
  node.resize(kNodeBytes, '\0');
  return node;
}

Cell cover(const Cell* cells, std::size_t count, std::int64_t node) {
  Cell all = cells[0];
  for (std::size_t i = 1; i < count; ++i) {
    all.south = std::min(all.south, cells[i].south);
    all.north = std::max(all.north, cells[i].north);
    all.west = std::min(all.west, cells[i].west);
    all.east = std::max(all.east, cells[i].east);
  }
  all.number = static_cast<std::uint64_t>(node);
  return all;
}

// The place of a cell of a 65,536 x 65,536 grid on Hilbert's curve: neighbours on it are near each
// other.
std::uint32_t hilbert(std::uint32_t x, std::uint32_t y) {
  std::uint32_t place = 0;
  for (std::uint32_t side = 1U << 15U; side > 0; side >>= 1U) {
    const std::uint32_t right = (x & side) != 0 ? 1 : 0;
    const std::uint32_t up = (y & side) != 0 ? 1 : 0;
    place += side * side * ((3 * right) ^ up);
    if (up == 0) {
      if (right == 1) {
        x = 0xFFFFU - x;
        y = 0xFFFFU - y;
      }
      std::swap(x, y);
    }
  }
  return place;
}

std::uint32_t grid(double value, double low, double high) {
  if (high <= low) return 0;
  return static_cast<std::uint32_t>(std::clamp((value - low) / (high - low), 0.0, 1.0) * 65'535);
}

class TreeWriter {
 public:
  explicit TreeWriter(Connection& connection)
      : nodes_(connection.prepare("INSERT INTO positions_node(nodeno, data) VALUES(?1, ?2)")),
        parents_(connection.prepare("INSERT INTO positions_parent VALUES(?1, ?2)")) {}

  // The cells of the level above; node numbers go on from `next`. The root has the number 1, so
  // the level that fits into one node is written as that.
  std::vector<Cell> write_level(const std::vector<Cell>& cells, std::size_t depth) {
    std::vector<Cell> above;
    for (std::size_t at = 0; at < cells.size(); at += kCells) {
      const std::size_t count = std::min(kCells, cells.size() - at);
      const std::int64_t number = next_++;
      write_node(number, node_of(&cells[at], count, 0));
      if (depth > 0) adopt(&cells[at], count, number);
      above.push_back(cover(&cells[at], count, number));
    }
    return above;
  }
  void write_root(const std::vector<Cell>& cells, std::size_t depth) {
    write_node(kRoot, node_of(cells.data(), cells.size(), depth));
    if (depth > 0) adopt(cells.data(), cells.size(), kRoot);
  }

 private:
  void write_node(std::int64_t number, const std::string& node) {
    sqlite3_bind_blob64(nodes_.handle(), 2, node.data(), node.size(), SQLITE_STATIC);
    nodes_.bind(1, number).run();
  }
  void adopt(const Cell* cells, std::size_t count, std::int64_t parent) {
    for (std::size_t i = 0; i < count; ++i) {
      parents_.bind(1, static_cast<std::int64_t>(cells[i].number)).bind(2, parent).run();
    }
  }

  Statement nodes_;
  Statement parents_;
  std::int64_t next_ = kRoot + 1;
};

}  // namespace

void PositionIndexBuilder::add(std::int64_t row, Position position) {
  if (!bbox_) {
    bbox_ = core::BoundingBox{position.longitude, position.latitude, position.longitude,
                              position.latitude};
  } else {
    bbox_->west = std::min(bbox_->west, position.longitude);
    bbox_->east = std::max(bbox_->east, position.longitude);
    bbox_->south = std::min(bbox_->south, position.latitude);
    bbox_->north = std::max(bbox_->north, position.latitude);
  }
  if (overflow_) return;
  if (points_.size() == kMaxIndexedPositions || row > std::numeric_limits<std::uint32_t>::max()) {
    overflow_ = true;
    std::vector<Point>().swap(points_);
    return;
  }
  points_.push_back({static_cast<std::uint32_t>(row), static_cast<float>(position.latitude),
                     static_cast<float>(position.longitude)});
}

bool PositionIndexBuilder::worthwhile() const { return points_.size() > kFewRows; }

void PositionIndexBuilder::arrange() {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // place on the curve, point
  order.reserve(points_.size());
  for (std::uint32_t i = 0; i < points_.size(); ++i) {
    order.emplace_back(hilbert(grid(points_[i].longitude, bbox_->west, bbox_->east),
                               grid(points_[i].latitude, bbox_->south, bbox_->north)),
                       i);
  }
  std::sort(order.begin(), order.end());
  // A float is the nearest one, so the true value lies between its neighbours.
  constexpr float kUp = std::numeric_limits<float>::infinity();
  const bool one_node = order.size() <= kCells;
  cells_.reserve(order.size());
  leaves_.resize(order.size());
  for (const auto& [place, index] : order) {
    const Point& point = points_[index];
    const auto node = one_node ? kRoot : static_cast<std::int64_t>(cells_.size() / kCells) + 2;
    leaves_[index] = {point.row, static_cast<std::uint32_t>(node)};
    cells_.push_back({point.row, std::nextafter(point.latitude, -kUp),
                      std::nextafter(point.latitude, kUp), std::nextafter(point.longitude, -kUp),
                      std::nextafter(point.longitude, kUp)});
  }
  std::vector<Point>().swap(points_);
}

void PositionIndexBuilder::write(Connection& connection) {
  connection.run(
      "CREATE VIRTUAL TABLE positions USING rtree(id, south, north, west, east);"
      "DELETE FROM positions_node");
  // The module wants to know the leaf of each row.
  Statement insert =
      connection.prepare("INSERT INTO positions_rowid(rowid, nodeno) VALUES(?1, ?2)");
  for (const Leaf& leaf : leaves_) {
    insert.bind_all(std::int64_t{leaf.row}, std::int64_t{leaf.node}).run();
  }
  std::vector<Cell> cells = std::move(cells_);
  TreeWriter tree(connection);
  std::size_t depth = 0;
  for (; cells.size() > kCells; ++depth) cells = tree.write_level(cells, depth);
  tree.write_root(cells, depth);
}

}  // namespace minato::storage::sqlite::tables
