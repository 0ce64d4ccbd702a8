// Status line and header fields of a reply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace minato::harvest {

struct ResponseHead {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> fields;  // names in lower case; as received

  // The first field of that name (lower case); empty when there is none.
  [[nodiscard]] std::string_view find(std::string_view name) const;
  [[nodiscard]] bool is_redirect() const;  // 301, 302, 303, 307, 308 with a Location
  // Content-Length, if it is a number.
  [[nodiscard]] std::optional<std::uint64_t> announced_bytes() const;
};

struct ContentType {
  std::string media_type;  // lower case, without parameters
  std::string charset;     // lower case
};
// Parts that are not printable ASCII come out empty.
ContentType parse_content_type(std::string_view value);

// The value if it may be sent back in a request: printable ASCII, not too long; else empty.
std::string validator_of(std::string_view value);

}  // namespace minato::harvest
