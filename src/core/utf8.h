// UTF-8 by code points, strictly as RFC 3629: no overlong forms, no surrogates, nothing beyond
// U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace minato::core {

bool is_valid_utf8(std::string_view text);

// Reads the code point at `offset` and moves `offset` behind it. Bad bytes give nullopt and leave
// `offset` where it is. REQUIRES: offset < text.size().
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& offset);

// Number of code points; each bad byte counts as one.
std::size_t count_code_points(std::string_view text);

// REQUIRES: a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace minato::core
