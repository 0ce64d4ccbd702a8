#include "formats/query/places.h"

#include <cmath>
#include <string>
#include <variant>

#include "formats/query/literal.h"

namespace minato::formats {

bool is_latitude(double degrees) { return degrees >= -90 && degrees <= 90; }

bool is_longitude(double degrees) { return degrees >= -180 && degrees <= 180; }

bool is_circle(std::span<const double> numbers) {
  return numbers.size() == 3 && is_latitude(numbers[0]) && is_longitude(numbers[1]) &&
         numbers[2] >= 0;
}

bool is_box(std::span<const double> numbers) {
  return numbers.size() == 4 && is_longitude(numbers[0]) && is_latitude(numbers[1]) &&
         is_longitude(numbers[2]) && is_latitude(numbers[3]) && numbers[0] <= numbers[2] &&
         numbers[1] <= numbers[3];
}

QueryFault place_fault(bool is_box, std::string_view got) {
  QueryFault fault;
  fault.got = std::string(got);
  if (is_box) {
    fault.expected = "west,south,east,north";
    fault.message = {"範囲の書き方が正しくありません。", "This is no box."};
    fault.hint = {
        "西端の経度,南端の緯度,東端の経度,北端の緯度 の順に書いてください（例: "
        "139.6,35.4,139.7,35.5）。",
        "Write west,south,east,north in degrees, as in 139.6,35.4,139.7,35.5."};
  } else {
    fault.expected = "latitude,longitude,metres";
    fault.message = {"地点の書き方が正しくありません。", "This is no place."};
    fault.hint = {"緯度,経度,距離（メートル）の順に書いてください（例: 35.44,139.64,500）。",
                  "Write latitude,longitude,metres, as in 35.44,139.64,500."};
  }
  return fault;
}

std::optional<std::vector<double>> parse_numbers(std::string_view text) {
  constexpr std::size_t kMaxNumbers = 8;
  std::vector<double> numbers;
  while (numbers.size() < kMaxNumbers) {
    const std::size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    const auto number = value_of_text(part, core::ColumnType::kNumber);
    if (!number) return std::nullopt;
    numbers.push_back(std::get<double>(*number));
    if (comma == std::string_view::npos) return numbers;
    text.remove_prefix(comma + 1);
  }
  return std::nullopt;
}

}  // namespace minato::formats
