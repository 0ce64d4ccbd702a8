// Words in pictures: SVG neither wraps nor escapes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minato::web {

// In ems, by the usual width of the characters: kana and kanji 1, Latin letters about half.
double text_width(std::string_view text);

// At most `max_lines` lines of at most `ems`; what does not fit ends in "…". Line breaks and other
// control characters, also those that turn the direction of text, become spaces.
std::vector<std::string> wrap_text(std::string_view text, double ems, std::size_t max_lines);

}  // namespace minato::web
