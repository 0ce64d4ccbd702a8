#include "harvest/sources/file_name.h"

#include "core/file_formats.h"
#include "core/url.h"
#include "core/utf8.h"
#include "harvest/sources/page/edition.h"

namespace minato::harvest {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return core::is_valid_utf8(out) ? out : std::string(text);
}

// Where the file's name begins and how long it is.
std::string_view raw_name(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const std::size_t query = url.find('?');
  if (query != std::string_view::npos && core::format_of_url(url.substr(0, query)).empty()) {
    const std::string_view value = url.substr(url.find_last_of("=/?&") + 1);
    const std::string format = core::format_of_url(value);
    if (!format.empty() && format != "HTML") return value;
  }
  url = url.substr(0, query);
  return url.substr(url.find_last_of('/') + 1);
}

}  // namespace

std::string file_name_of_url(std::string_view url) { return percent_decoded(raw_name(url)); }

std::string editionless_url(std::string_view url, std::string_view organization) {
  const std::string normal = core::normalize_url(url);
  const std::string_view name = raw_name(normal);
  const std::size_t at = static_cast<std::size_t>(name.data() - normal.data());
  EditionRules rules;
  rules.file_name = true;
  rules.organization = organization;
  const std::string decoded = percent_decoded(name);
  const std::size_t dot = decoded.rfind('.');
  const EditionSplit split = split_edition(std::string_view(decoded).substr(0, dot), rules);
  const std::string ending = dot == std::string::npos ? "" : decoded.substr(dot);
  return normal.substr(0, at) + split.rest + ending + normal.substr(at + name.size());
}

}  // namespace minato::harvest
