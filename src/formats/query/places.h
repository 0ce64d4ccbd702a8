// Circles and boxes on the map, in degrees WGS 84.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "formats/query/query_fault.h"

namespace minato::formats {

bool is_latitude(double degrees);
bool is_longitude(double degrees);
// latitude, longitude, metres >= 0.
bool is_circle(std::span<const double> numbers);
// west, south, east, north; west <= east, south <= north.
bool is_box(std::span<const double> numbers);

// How a circle or box is written.
QueryFault place_fault(bool is_box, std::string_view got);

// "35.44,139.64": numbers with commas between, blanks around them allowed; nullopt: not that.
std::optional<std::vector<double>> parse_numbers(std::string_view text);

}  // namespace minato::formats
