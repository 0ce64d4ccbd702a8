#include "formats/rows/geojson_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/row_query.h"
#include "formats/query/places.h"

namespace minato::formats {
namespace {

struct Point {
  double latitude = 0;
  double longitude = 0;
};

std::optional<double> number_of(const core::ValueView& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*integer);
  }
  const auto* text = std::get_if<std::string_view>(&value);
  const auto numbers = text == nullptr ? std::nullopt : parse_numbers(*text);
  if (!numbers || numbers->size() != 1) return std::nullopt;
  return numbers->front();
}

// 0, 0 is what machines write where nothing is known.
std::optional<Point> somewhere(Point point) {
  return point.latitude == 0 && point.longitude == 0 ? std::nullopt : std::optional(point);
}

std::optional<Point> point_of(std::span<const core::ValueView> values, const GeoPlaces& places) {
  if (places.point) {
    const auto* text = std::get_if<std::string_view>(&values[*places.point]);
    const auto numbers = text == nullptr ? std::nullopt : parse_numbers(*text);
    if (!numbers || numbers->size() != 2) return std::nullopt;
    return somewhere({(*numbers)[0], (*numbers)[1]});
  }
  if (!places.latitude || !places.longitude) return std::nullopt;
  const auto latitude = number_of(values[*places.latitude]);
  const auto longitude = number_of(values[*places.longitude]);
  if (!latitude || !longitude) return std::nullopt;
  return somewhere({*latitude, *longitude});
}

void append_number(std::string& out, double number) {
  std::array<char, kMaxNumberBytes> digits{};
  out.append(digits.data(), write_number(digits.data(), number));
}

std::size_t index_of(int column, std::vector<int>& columns) {
  const auto found = std::find(columns.begin(), columns.end(), column);
  const auto index = static_cast<std::size_t>(found - columns.begin());
  if (found == columns.end()) columns.push_back(column);
  return index;
}

}  // namespace

std::optional<GeoPlaces> place_columns(const core::TableSchema& schema, std::vector<int>& columns) {
  std::optional<int> latitude;
  std::optional<int> longitude;
  std::optional<int> point;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::ColumnRole role = schema.columns[i].role;
    const int column = static_cast<int>(i);
    if (role == core::ColumnRole::kLatitude && !latitude) latitude = column;
    if (role == core::ColumnRole::kLongitude && !longitude) longitude = column;
    if (role == core::ColumnRole::kPoint && !point) point = column;
  }
  GeoPlaces places;
  if (latitude && longitude) {
    places.latitude = index_of(*latitude, columns);
    places.longitude = index_of(*longitude, columns);
  } else if (point) {
    places.point = index_of(*point, columns);
  } else {
    return std::nullopt;
  }
  places.row_number = index_of(core::Operand::kRowId, columns);
  return places;
}

void GeoJsonRowWriter::begin(std::string& out) {
  out += "{\"type\":\"FeatureCollection\",\"features\":[";
}

void GeoJsonRowWriter::row(std::span<const core::ValueView> values, std::string& out) {
  out += is_first_ ? "\n{\"type\":\"Feature\"," : ",\n{\"type\":\"Feature\",";
  is_first_ = false;
  if (places_.row_number) {
    if (const auto* number = std::get_if<std::int64_t>(&values[*places_.row_number])) {
      out += "\"id\":" + std::to_string(*number) + ",";
    }
  }
  const auto point = point_of(values, places_);
  if (point && is_latitude(point->latitude) && is_longitude(point->longitude)) {
    out += "\"geometry\":{\"type\":\"Point\",\"coordinates\":[";
    append_number(out, point->longitude);
    out += ',';
    append_number(out, point->latitude);
    out += "]},\"properties\":";
  } else {
    out += "\"geometry\":null,\"properties\":";
  }
  text_.append(values, out);
  out += '}';
}

void GeoJsonRowWriter::end(std::string& out) { out += "\n]}\n"; }

}  // namespace minato::formats
