// Host names with Japanese in them (IDNA 2008 as in UTS #46).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minato::text {

// "日本語.jp" as "xn--wgv71a119e.jp"; ASCII names in lower case. nullopt: no name a host can have.
// Addresses in brackets come back as they are.
std::optional<std::string> to_ascii_host(std::string_view host);

}  // namespace minato::text
