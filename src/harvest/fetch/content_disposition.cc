#include "harvest/fetch/content_disposition.h"

#include <algorithm>
#include <optional>

#include "core/utf8.h"
#include "text/encoding.h"
#include "text/encoding_detector.h"
#include "text/lowercase.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// First byte of a two-byte character of CP932, whose second byte may be a backslash.
bool is_lead_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string to_utf8(std::string_view bytes, text::Encoding encoding) {
  std::string out;
  const auto decoder = text::make_decoder(encoding);
  decoder->decode(bytes, out);
  decoder->finish(out);
  return out;
}

std::string of_unknown_encoding(std::string_view bytes) {
  if (core::is_valid_utf8(bytes)) return std::string(bytes);
  text::EncodingDetector detector;
  detector.feed(bytes);
  const text::Encoding found = detector.result().encoding;
  return to_utf8(bytes, found == text::Encoding::kEucJp ? found : text::Encoding::kCp932);
}

struct Parameter {
  std::string name;
  std::string value;
};

// Reads `; name=value` or `; name="value"` and moves `rest` behind it.
Parameter next_parameter(std::string_view& rest, bool is_utf8) {
  Parameter parameter;
  rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  while (!rest.empty() && (rest.front() == ';' || is_blank(rest.front()))) rest.remove_prefix(1);
  const std::size_t end = std::min(rest.find_first_of("=;"), rest.size());
  std::string_view name = rest.substr(0, end);
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  parameter.name = text::lowercase(name);
  rest.remove_prefix(end);
  if (!rest.starts_with('=')) return parameter;
  rest.remove_prefix(1);
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
  const bool quoted = rest.starts_with('"');
  if (quoted) rest.remove_prefix(1);
  std::size_t i = 0;
  for (; i < rest.size() && rest[i] != (quoted ? '"' : ';'); ++i) {
    const bool pair = quoted && rest[i] == '\\' && i + 1 < rest.size();
    const bool wide = !is_utf8 && is_lead_byte(rest[i]) && i + 1 < rest.size();
    if (wide) parameter.value += rest[i];
    if (pair || wide) ++i;
    parameter.value += rest[i];
  }
  rest.remove_prefix(std::min(i + (quoted ? 1 : 0), rest.size()));
  return parameter;
}

// RFC 8187: charset'language'percent-encoded
std::string extended_value(std::string_view value) {
  const std::size_t first = value.find('\'');
  const std::size_t second = first == value.npos ? value.npos : value.find('\'', first + 1);
  if (second == value.npos) return "";
  const auto bytes = percent_decoded(value.substr(second + 1));
  if (!bytes) return "";
  const auto encoding = text::encoding_of(text::lowercase(value.substr(0, first)));
  return encoding && !core::is_valid_utf8(*bytes) ? to_utf8(*bytes, *encoding)
                                                  : of_unknown_encoding(*bytes);
}

std::string plain_value(std::string_view value) {
  const auto decoded = percent_decoded(value);
  const bool is_japanese = decoded && core::is_valid_utf8(*decoded) &&
                           std::any_of(decoded->begin(), decoded->end(), [](char c) {
                             return static_cast<unsigned char>(c) >= 0x80;
                           });
  return is_japanese ? *decoded : of_unknown_encoding(value);
}

std::string safe_name(std::string name) {
  name.erase(0, name.find_last_of("/\\") + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
  name.erase(name.find_last_not_of(' ') + 1);
  if (name == "." || name == "..") return "";
  return std::string(text::truncated(name, 255));
}

}  // namespace

std::string file_name_of(std::string_view content_disposition) {
  const bool is_utf8 = core::is_valid_utf8(content_disposition);
  std::string plain;
  std::string extended;
  for (std::string_view rest = content_disposition; !rest.empty();) {
    const std::size_t before = rest.size();
    Parameter parameter = next_parameter(rest, is_utf8);
    if (parameter.name == "filename*" && extended.empty()) {
      extended = extended_value(parameter.value);
    }
    if (parameter.name == "filename" && plain.empty()) plain = plain_value(parameter.value);
    if (rest.size() == before) break;
  }
  const std::string name = safe_name(extended);
  return name.empty() ? safe_name(plain) : name;
}

}  // namespace minato::harvest
