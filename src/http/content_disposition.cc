#include "http/content_disposition.h"

#include "http/url.h"

namespace minato::http {
namespace {

// Of either system, and what would end or confuse the quoted string.
bool is_unsafe(unsigned char c) {
  return c < 0x20 || c == 0x7F || c == '/' || c == '\\' || c == '"' || c == '%';
}

std::string disposition(std::string_view kind, std::string_view filename) {
  const bool usable =
      !filename.empty() && is_valid_utf8(filename) && filename != "." && filename != "..";
  std::string safe;
  std::string fallback;
  bool ascii = true;
  for (const char c : usable ? filename : std::string_view("download")) {
    const auto byte = static_cast<unsigned char>(c);
    safe += is_unsafe(byte) ? '_' : c;
    if (byte < 0x80) {
      fallback += is_unsafe(byte) ? '_' : c;
    } else {
      ascii = false;
      if ((byte & 0xC0) != 0x80) fallback += '_';  // one for each character, not for each byte
    }
  }
  std::string out(kind);
  out += "; filename=\"" + fallback + "\"";
  if (!ascii) out += "; filename*=UTF-8''" + percent_encode(safe);
  return out;
}

}  // namespace

std::string attachment(std::string_view filename) { return disposition("attachment", filename); }

std::string inline_file(std::string_view filename) { return disposition("inline", filename); }

}  // namespace minato::http
