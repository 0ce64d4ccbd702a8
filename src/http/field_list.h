// Field values that are comma-separated lists (RFC 9110 s5.6.1), with weights (s12.4.2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/server/syntax.h"

namespace minato::http {

[[nodiscard]] std::string lower_ascii(std::string_view text);

// The members between commas, trimmed, empty ones left out. Not for lists with quoted strings.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text);

struct QualityValue {
  std::string value;   // lower case, without parameters
  int quality = 1000;  // thousandths; 0 means "not acceptable"
};

// At most 50 members are read. A member whose weight is malformed is left out.
[[nodiscard]] std::vector<QualityValue> parse_quality_list(std::string_view text);

}  // namespace minato::http
