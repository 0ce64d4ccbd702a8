#include "formats/rows/cell_text.h"

#include <charconv>
#include <cmath>

namespace minato::formats {

char* write_number(char* at, std::int64_t number) {
  return std::to_chars(at, at + kMaxNumberBytes, number).ptr;
}

char* write_number(char* at, double number) {
  constexpr double kWholeBelow = 1e15;
  constexpr double kFractionAbove = 1e-5;
  const double size = std::abs(number);
  if (!std::isfinite(number)) return at;
  if (size < kWholeBelow && std::trunc(number) == number) {
    return write_number(at, static_cast<std::int64_t>(number));
  }
  if (size > kFractionAbove && size < kWholeBelow) {
    return std::to_chars(at, at + kMaxNumberBytes, number, std::chars_format::fixed).ptr;
  }
  return std::to_chars(at, at + kMaxNumberBytes, number).ptr;
}

std::size_t widest(std::span<const core::ValueView> values, std::size_t per_byte,
                   std::size_t per_cell) {
  std::size_t bytes = 0;
  for (const auto& value : values) {
    const auto* text = std::get_if<std::string_view>(&value);
    bytes += per_cell + (text != nullptr ? text->size() * per_byte : kMaxNumberBytes);
  }
  return bytes;
}

bool looks_like_formula(std::string_view text) {
  if (text.empty() || std::string_view("=+-@\t\r").find(text.front()) == std::string_view::npos) {
    return false;
  }
  std::string_view digits = text;
  if (digits.front() == '+') digits.remove_prefix(1);
  double number = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, number);
  const bool is_number = error == std::errc() && rest == end && std::isfinite(number) &&
                         (digits.size() == text.size() || digits.front() != '-');
  return !is_number;
}

}  // namespace minato::formats
