// Lower case, character by character.
#pragma once

#include <string>
#include <string_view>

namespace minato::text {

// Unicode's simple lower case mapping; full-width letters too. Bad UTF-8 becomes U+FFFD.
std::string lowercase(std::string_view text);

}  // namespace minato::text
