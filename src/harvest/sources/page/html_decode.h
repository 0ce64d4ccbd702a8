// The bytes of a web page as UTF-8, whatever the server and the page say they are.
#pragma once

#include <string>
#include <string_view>

namespace minato::harvest {

// `charset` is that of Content-Type (may be empty). Bytes that are UTF-8 are read as such; else a
// byte order mark, `charset`, and the page's own <meta> (within the first 4 KB) are believed, in
// this order, as long as the bytes fit; else the encoding is detected. NUL is dropped,
// other control characters become blanks. Never fails.
std::string decode_html(std::string_view bytes, std::string_view charset);

// What <meta charset> or <meta http-equiv="Content-Type"> names; empty: nothing.
std::string declared_charset(std::string_view bytes);

}  // namespace minato::harvest
