// multipart/form-data (RFC 7578), read where it lies: a body of gigabytes costs no memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "http/message.h"

namespace minato::http::ckan {

inline constexpr std::size_t kMaxParts = 200;
inline constexpr std::uint64_t kMaxPartTexts = 1024 * 1024;  // bytes, all text parts together

struct FormPart {
  std::string name;
  bool is_file = false;
  std::string file_name;     // of `filename*` (RFC 8187) when it has one
  std::string media_type;    // as written; may be empty
  std::string text;          // of a part that is no file
  std::uint64_t offset = 0;  // of its content in the body
  std::uint64_t length = 0;
};

// The boundary parameter of a Content-Type; empty when it has none (RFC 2046 s5.1.1: 1 to 70
// bytes).
std::string boundary_of(std::string_view content_type);

// Fails with kInvalidArgument "multipart-syntax"; the message says what is wrong.
core::Result<std::vector<FormPart>> parse_multipart(const Body& body, std::string_view boundary);

}  // namespace minato::http::ckan
