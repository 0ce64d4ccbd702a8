// The header fields that every reply of a kind carries.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/route.h"

namespace minato::http {

// Adds what the handler did not set: Cache-Control by the row's rule, X-Content-Type-Options,
// Referrer-Policy, a Content-Security-Policy for HTML and for files, CORS. `route` may be null.
void add_standard_headers(const Route* route, Headers& headers);

// Adds `field` to Vary unless it is there.
void add_vary(Headers& headers, std::string_view field);

// The fields of a reply to OPTIONS, and to a preflight.
void add_preflight_headers(const std::vector<std::string>& methods, Headers& headers);

// Response::header_block of these fields; null when one of them must not be in it or is malformed.
[[nodiscard]] std::shared_ptr<const std::string> make_header_block(const Headers& headers);

}  // namespace minato::http
