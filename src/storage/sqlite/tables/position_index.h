// The RTREE over the rows' positions, packed: SQLite's own way of adding points one by one takes
// longer than everything else about a table.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/table.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/tables/coordinates.h"

namespace minato::storage::sqlite::tables {

// Beyond this many points there is no index (they are collected in memory).
inline constexpr std::size_t kMaxIndexedPositions = 4'000'000;

class PositionIndexBuilder {
 public:
  // REQUIRES: row numbers ascend; position.valid().
  void add(std::int64_t row, Position position);

  [[nodiscard]] std::optional<core::BoundingBox> bbox() const { return bbox_; }
  [[nodiscard]] bool worthwhile() const;
  // Puts the positions into the order of the tree: the long part, which needs no database. Nothing
  // may be added after it.
  void arrange();
  // Makes the virtual table "positions" (id, south, north, west, east) and fills it. May throw
  // SQLite::Exception. REQUIRES: arrange().
  void write(Connection& connection);

  // A node of the tree, or a row, with the box around it. The table rounds outwards, as the module
  // does.
  struct Cell {
    std::uint64_t number;
    float south, north, west, east;
  };

 private:
  struct Point {
    std::uint32_t row;
    float latitude;
    float longitude;
  };
  // Of a row: the node that has it.
  struct Leaf {
    std::uint32_t row;
    std::uint32_t node;
  };
  std::vector<Point> points_;
  std::vector<Cell> cells_;   // along the curve
  std::vector<Leaf> leaves_;  // by row
  std::optional<core::BoundingBox> bbox_;
  bool overflow_ = false;
};

}  // namespace minato::storage::sqlite::tables
