// UTF-8 of unknown quality: bad bytes become U+FFFD instead of errors (strict reading:
// core/utf8.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace minato::text {

inline constexpr char32_t kReplacement = 0xFFFD;

// The code point at `offset`, which moves behind it; U+FFFD for each maximal ill-formed part (the
// practice of Unicode ch. 3.9 and the WHATWG). REQUIRES: offset < text.size().
char32_t decode(std::string_view text, std::size_t& offset);

// REQUIRES: a Unicode scalar value.
void append(std::string& out, char32_t code_point);

// Every ill-formed part replaced by U+FFFD.
std::string sanitized(std::string_view text);

// The longest beginning of at most `max_bytes` that does not cut a character in two.
std::string_view truncated(std::string_view text, std::size_t max_bytes);

}  // namespace minato::text
