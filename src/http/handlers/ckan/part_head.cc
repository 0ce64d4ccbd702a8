#include "http/handlers/ckan/part_head.h"

#include <algorithm>

#include "core/utf8.h"
#include "http/url.h"

namespace minato::http::ckan {
namespace {

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Takes one value off the front: a token, or a quoted string in which \" and \\ are escapes.
std::string take_value(std::string_view& rest) {
  std::string value;
  if (!rest.starts_with('"')) {
    const auto end = std::min(rest.find(';'), rest.size());
    value = trimmed(rest.substr(0, end));
    rest.remove_prefix(end);
    return value;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    value += rest[i];
  }
  rest.remove_prefix(std::min(i + 1, rest.size()));
  return value;
}

// RFC 8187: UTF-8'ja'%E4%BA%BA.csv
std::optional<std::string> extended_value(std::string_view text) {
  const auto charset_end = text.find('\'');
  if (charset_end == std::string_view::npos) return std::nullopt;
  const auto language_end = text.find('\'', charset_end + 1);
  if (language_end == std::string_view::npos) return std::nullopt;
  if (!same_word(text.substr(0, charset_end), "utf-8")) return std::nullopt;
  auto decoded = percent_decode(text.substr(language_end + 1));
  if (!decoded || !core::is_valid_utf8(*decoded)) return std::nullopt;
  return std::move(*decoded);
}

// Browsers write a quotation mark in a name as %22 (WHATWG HTML, multipart/form-data).
std::string with_quotes(std::string text) {
  for (auto at = text.find("%22"); at != std::string::npos; at = text.find("%22", at + 1)) {
    text.replace(at, 3, "\"");
  }
  return text;
}

}  // namespace

std::optional<std::string> header_parameter(std::string_view header, std::string_view wanted) {
  std::string_view rest = header;
  for (auto semicolon = rest.find(';'); semicolon != std::string_view::npos;
       semicolon = rest.find(';')) {
    rest.remove_prefix(semicolon + 1);
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(rest.substr(0, equals));
    rest.remove_prefix(equals + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    std::string value = take_value(rest);
    if (same_word(name, wanted)) return value;
  }
  return std::nullopt;
}

PartHead read_part_head(std::string_view head) {
  PartHead part;
  while (!head.empty()) {
    const auto line_end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, line_end);
    head.remove_prefix(std::min(line_end + 2, head.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view field = line.substr(0, colon);
    if (same_word(field, "content-type")) part.media_type = trimmed(line.substr(colon + 1));
    if (!same_word(field, "content-disposition")) continue;
    part.name = with_quotes(header_parameter(line, "name").value_or(""));
    const auto extended = header_parameter(line, "filename*");
    if (extended) part.file_name = extended_value(*extended);
    if (part.file_name) continue;
    auto plain = header_parameter(line, "filename");
    if (plain) part.file_name = with_quotes(std::move(*plain));
  }
  return part;
}

}  // namespace minato::http::ckan
