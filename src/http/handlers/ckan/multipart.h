// multipart/form-data (RFC 7578).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::http::ckan {

struct FormPart {
  std::string name;
  bool is_file = false;
  std::string file_name;
  std::string_view content;  // into the body
};

// The boundary parameter of a Content-Type; empty when it has none (RFC 2046 s5.1.1: 1 to 70
// bytes).
std::string boundary_of(std::string_view content_type);

// At most 200 parts. Fails with kInvalidArgument "multipart-syntax"; the message says what is
// wrong.
core::Result<std::vector<FormPart>> parse_multipart(std::string_view body,
                                                    std::string_view boundary);

}  // namespace minato::http::ckan
