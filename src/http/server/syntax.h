// Character classes of RFC 9110 s5.6 and comparisons without case.
#pragma once

#include <string_view>

namespace minato::http {

[[nodiscard]] bool is_token_char(char c);
[[nodiscard]] bool is_token(std::string_view text);        // not empty
[[nodiscard]] bool is_field_value(std::string_view text);  // no control characters but HTAB
[[nodiscard]] std::string_view trim_blanks(std::string_view text);
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace minato::http
