// API tokens: 256 random bits, shown once; what is kept is their HMAC-SHA256 under the server's
// secret (RFC 2104), so that a stolen database opens nothing.
#pragma once

#include <string>
#include <string_view>

namespace minato::auth {

inline constexpr std::string_view kTokenPrefix = "minato_";

// "minato_" and 43 characters of base64url (RFC 4648 s5).
std::string make_token();
// Cheap: tells what can't be a token of ours before anything is looked up.
bool looks_like_token(std::string_view text);
// 64 hex digits.
std::string token_hash(std::string_view secret, std::string_view token);

// The token of an Authorization field's value: raw (CKAN) or behind "Bearer " (RFC 6750 s2.1, case
// ignored). Empty when there is none.
std::string_view token_of_authorization(std::string_view value);

}  // namespace minato::auth
