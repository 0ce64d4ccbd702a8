#include "text/lowercase.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

namespace minato::text {

std::string lowercase(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const char first = text[offset];
    if (static_cast<unsigned char>(first) < 0x80) {
      lower += first >= 'A' && first <= 'Z' ? static_cast<char>(first - 'A' + 'a') : first;
      ++offset;
    } else {
      append(lower, static_cast<char32_t>(u_tolower(static_cast<UChar32>(decode(text, offset)))));
    }
  }
  return lower;
}

}  // namespace minato::text
