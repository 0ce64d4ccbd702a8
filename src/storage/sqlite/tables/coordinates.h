// Coordinates of rows, and distances between them.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/table.h"

namespace minato::storage::sqlite::tables {

// Degrees, WGS 84.
struct Position {
  double latitude = 0;
  double longitude = 0;
  // 0, 0 is what machines write where nothing is known.
  [[nodiscard]] bool valid() const {
    return (latitude != 0 || longitude != 0) && latitude >= -90 && latitude <= 90 &&
           longitude >= -180 && longitude <= 180;
  }
};

// "35.44,139.64", also with blanks or in brackets; nullopt: nothing of the kind, or not valid.
std::optional<Position> parse_position(std::string_view text);

// Metres along the great circle of a sphere of 6,371,008.8 m (within 0.6 % of the ellipsoid).
double distance(Position from, Position to);

// Everything within `metres` lies in it; all longitudes near the poles and the 180th meridian.
core::BoundingBox box_around(Position centre, double metres);

// Which columns of a table hold a row's position.
struct PositionColumns {
  int latitude = -1;
  int longitude = -1;
  int point = -1;  // both in one; then the others are -1
  [[nodiscard]] bool any() const { return point >= 0 || latitude >= 0; }
  // nullopt: this row has none.
  [[nodiscard]] std::optional<Position> of(std::span<const core::ValueView> row) const;
};
PositionColumns position_columns(const core::TableSchema& schema);

}  // namespace minato::storage::sqlite::tables
