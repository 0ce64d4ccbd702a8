// Numbers in the byte order of Microsoft's binary files.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace minato::tabular {

// What lies beyond the end reads as 0: callers check lengths where it matters.
template <typename Number>
Number little_endian(std::string_view bytes, std::size_t offset) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(Number) && offset + i < bytes.size(); ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
  }
  return static_cast<Number>(number);
}

inline std::uint16_t u16(std::string_view bytes, std::size_t offset) {
  return little_endian<std::uint16_t>(bytes, offset);
}
inline std::uint32_t u32(std::string_view bytes, std::size_t offset) {
  return little_endian<std::uint32_t>(bytes, offset);
}
inline double f64(std::string_view bytes, std::size_t offset) {
  return std::bit_cast<double>(little_endian<std::uint64_t>(bytes, offset));
}

}  // namespace minato::tabular
