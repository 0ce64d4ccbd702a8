#include "storage/sqlite/tables/coordinates.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace minato::storage::sqlite::tables {
namespace {

constexpr double kEarthMetres = 6'371'008.8;
constexpr double kRadians = std::numbers::pi / 180;

bool skip(std::string_view& text, std::string_view characters) {
  const std::size_t start = std::min(text.find_first_not_of(characters), text.size());
  text.remove_prefix(start);
  return start > 0;
}

bool read_number(std::string_view& text, double& value) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return true;
}

std::optional<double> number_of(const core::ValueView& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*integer);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Position> parse_position(std::string_view text) {
  Position position;
  skip(text, " ([");
  if (!read_number(text, position.latitude)) return std::nullopt;
  if (!skip(text, " ,\t;") || !read_number(text, position.longitude)) return std::nullopt;
  skip(text, " )]");
  if (!text.empty() || !position.valid()) return std::nullopt;
  return position;
}

double distance(Position from, Position to) {
  const double by_latitude = std::sin((to.latitude - from.latitude) * kRadians / 2);
  const double by_longitude = std::sin((to.longitude - from.longitude) * kRadians / 2);
  const double h = by_latitude * by_latitude + std::cos(from.latitude * kRadians) *
                                                   std::cos(to.latitude * kRadians) * by_longitude *
                                                   by_longitude;
  return 2 * kEarthMetres * std::asin(std::min(1.0, std::sqrt(h)));
}

core::BoundingBox box_around(Position centre, double metres) {
  // A little more than needed: rounding must not lose a row on the edge.
  const double angle = metres * 1.000001 / kEarthMetres;
  const double degrees = angle / kRadians + 1e-9;
  core::BoundingBox box{-180, std::max(-90.0, centre.latitude - degrees), 180,
                        std::min(90.0, centre.latitude + degrees)};
  if (box.south <= -90 || box.north >= 90) return box;
  const double sine = std::sin(angle) / std::cos(centre.latitude * kRadians);
  if (angle >= std::numbers::pi / 2 || sine >= 1) return box;
  const double width = std::asin(sine) / kRadians + 1e-9;
  if (centre.longitude - width < -180 || centre.longitude + width > 180) return box;
  box.west = centre.longitude - width;
  box.east = centre.longitude + width;
  return box;
}

std::optional<Position> PositionColumns::of(std::span<const core::ValueView> row) const {
  if (point >= 0) {
    const auto* text = std::get_if<std::string_view>(&row[static_cast<std::size_t>(point)]);
    return text == nullptr ? std::nullopt : parse_position(*text);
  }
  if (latitude < 0) return std::nullopt;
  const auto lat = number_of(row[static_cast<std::size_t>(latitude)]);
  const auto lon = number_of(row[static_cast<std::size_t>(longitude)]);
  if (!lat || !lon || !Position{*lat, *lon}.valid()) return std::nullopt;
  return Position{*lat, *lon};
}

PositionColumns position_columns(const core::TableSchema& schema) {
  PositionColumns found;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::ColumnRole role = schema.columns[i].role;
    int* place = role == core::ColumnRole::kLatitude    ? &found.latitude
                 : role == core::ColumnRole::kLongitude ? &found.longitude
                 : role == core::ColumnRole::kPoint     ? &found.point
                                                        : nullptr;
    if (place != nullptr && *place < 0) *place = static_cast<int>(i);
  }
  if (found.latitude >= 0 && found.longitude >= 0) return {found.latitude, found.longitude, -1};
  return {-1, -1, found.point};
}

}  // namespace minato::storage::sqlite::tables
