// The RTREE over the rows' positions, packed: SQLite's own way of adding points one by one takes
// longer than everything else about a table.
#pragma once

#include <cstdint>
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
  // Makes the virtual table "positions" (id, south, north, west, east) and fills it. May throw
  // SQLite::Exception.
  void write(Connection& connection);

 private:
  struct Point {
    std::uint32_t row;
    float latitude;
    float longitude;
  };
  std::vector<Point> points_;
  std::optional<core::BoundingBox> bbox_;
  bool overflow_ = false;
};

}  // namespace minato::storage::sqlite::tables
