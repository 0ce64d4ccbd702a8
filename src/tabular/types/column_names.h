// What a column's name tells about its values.
#pragma once

#include <cstdint>
#include <string_view>

namespace minato::tabular {

enum class NameHint : std::uint8_t {
  kNone,
  kText,  // codes, postcodes, telephone numbers, remarks: text even where all are digits
  kDate,  // "20240401" is a date here
  kLatitude,
  kLongitude,
  kPoint,
  kNorthing,  // "Y": a latitude only where the values are such
  kEasting,
};

NameHint hint_of(std::string_view name);

inline bool is_latitude(NameHint hint) {
  return hint == NameHint::kLatitude || hint == NameHint::kNorthing;
}
inline bool is_longitude(NameHint hint) {
  return hint == NameHint::kLongitude || hint == NameHint::kEasting;
}

}  // namespace minato::tabular
