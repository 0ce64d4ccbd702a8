// GeoJSON (RFC 7946): a FeatureCollection, a Point for each row that has coordinates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/rows/json_rows.h"

namespace minato::formats {

// Where in a row of values the coordinates are; the row's number becomes the feature's id.
struct GeoPlaces {
  std::optional<std::size_t> latitude;
  std::optional<std::size_t> longitude;
  std::optional<std::size_t> point;  // "35.44,139.64" in one cell
  std::optional<std::size_t> row_number;
};

// Finds the columns of coordinates by their roles and appends to `columns` (of a RowQuery) those it
// lacks, and the row number. Call it before the query runs, and write only the first columns as
// properties. nullopt: the table has no coordinates.
std::optional<GeoPlaces> place_columns(const core::TableSchema& schema, std::vector<int>& columns);

// Rows have the values of `names` first, then what place_columns() appended. Missing and impossible
// coordinates: "geometry":null.
class GeoJsonRowWriter final : public RowWriter {
 public:
  GeoJsonRowWriter(const std::vector<std::string>& names, const GeoPlaces& places)
      : text_(names, RowShape::kObjects), places_(places) {}

  void begin(std::string& out) override;
  void row(std::span<const core::ValueView> values, std::string& out) override;
  void end(std::string& out) override;

 private:
  JsonRowText text_;
  GeoPlaces places_;
  bool is_first_ = true;
};

}  // namespace minato::formats
