// HMAC-SHA256 (RFC 2104, FIPS 198-1).
#pragma once

#include <string>
#include <string_view>

namespace minato::auth {

// 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);
// 64 hex digits, lower case.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace minato::auth
