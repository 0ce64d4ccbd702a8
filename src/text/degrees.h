// Degrees of latitude and longitude as people write them: 35°22′34.3″, 35度22分34.3秒,
// 北緯35.376, 35.376°, N35°22'34", 35.376,
#pragma once

#include <optional>
#include <string_view>

namespace minato::text {

// Decimal degrees, to the seventh place (1 cm) where minutes were given; negative for 南緯 西経 S
// W. nullopt: no such form, 60 minutes or more, or a plain number (numerals.h). `text` without
// outer blanks. Never allocates.
std::optional<double> read_degrees(std::string_view text);

}  // namespace minato::text
