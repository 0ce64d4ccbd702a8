// Percent-encoding, paths and query strings (RFC 3986, WHATWG forms). Everything that comes out is
// valid UTF-8 without NUL; everything else is an Error that names the byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "http/message.h"

namespace minato::http {

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text);

// Decodes %XX (and '+' as a space in forms). Fails on a broken escape, invalid UTF-8 and NUL.
core::Result<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

// Encodes all but unreserved characters: for one path segment or one query value. Space is %20.
[[nodiscard]] std::string percent_encode(std::string_view text);

// The two halves of a request target in origin-form or absolute-form. Fails on anything else and on
// '#'.
struct TargetParts {
  std::string_view path;   // raw, begins with '/'
  std::string_view query;  // raw, without '?'
};
core::Result<TargetParts> split_target(std::string_view target);

// Splits at '/', then decodes each segment, so that %2F never makes a new one. "/" is one empty
// segment and empty segments are kept ("//" matches no route). Dot segments and control characters
// are refused, not resolved.
core::Result<std::vector<std::string>> decode_path(std::string_view raw_path);

// Whether `path` is `prefix` or lies below it: "/api" has "/api" and "/api/v1", not "/apis".
[[nodiscard]] bool is_below(std::string_view path, std::string_view prefix);

struct QueryLimits {
  std::size_t max_bytes = 16 * 1024;
  std::size_t max_params = 200;
};

// "a=1&b=x+y&b=%20" in order with repeats kept; "a" and "a=" both give an empty value; empty pairs
// are skipped. Also reads application/x-www-form-urlencoded bodies.
core::Result<Params> parse_query(std::string_view query, const QueryLimits& limits = {});

// "a=1&b=2" in the order given, encoded.
[[nodiscard]] std::string build_query(const Params& params);

// The same for equivalent queries: sorted by key, repeats of a key in their order, encoded.
[[nodiscard]] std::string canonical_query(const Params& params);

}  // namespace minato::http
