// The header fields of one part of a multipart/form-data body.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minato::http::ckan {

struct PartHead {
  std::string name;
  std::optional<std::string> file_name;  // of `filename*` (RFC 8187) before `filename`
  std::string media_type;
};

// `head`: complete lines, each with its CRLF. Unknown fields are skipped.
PartHead read_part_head(std::string_view head);

// The parameter `wanted` of a header value "type; a=b; c=\"d\"" (RFC 9110 s5.6.6).
std::optional<std::string> header_parameter(std::string_view header, std::string_view wanted);

}  // namespace minato::http::ckan
