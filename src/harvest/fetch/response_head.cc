#include "harvest/fetch/response_head.h"

#include <algorithm>
#include <charconv>

#include "text/lowercase.h"

namespace minato::harvest {
namespace {

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::string_view ResponseHead::find(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (field == name) return value;
  }
  return "";
}

bool ResponseHead::is_redirect() const {
  const bool redirects =
      status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  return redirects && !find("location").empty();
}

std::optional<std::uint64_t> ResponseHead::announced_bytes() const {
  const std::string_view text = find("content-length");
  std::uint64_t bytes = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return bytes;
}

ContentType parse_content_type(std::string_view value) {
  if (!is_printable(value)) return {};
  ContentType type;
  const std::string lower = text::lowercase(value);
  std::string_view rest = lower;
  type.media_type = trimmed(rest.substr(0, rest.find(';')));
  while (!rest.empty()) {
    rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
    std::string_view parameter = trimmed(rest.substr(0, rest.find(';')));
    if (!type.charset.empty() || !parameter.starts_with("charset")) continue;
    parameter = trimmed(parameter.substr(7));
    if (!parameter.starts_with('=')) continue;
    parameter = trimmed(parameter.substr(1));
    type.charset = parameter;
    std::erase_if(type.charset, [](char c) { return c == '"' || c == '\''; });
  }
  return type;
}

std::string validator_of(std::string_view value) {
  constexpr std::size_t kMaxBytes = 1024;
  return value.size() <= kMaxBytes && is_printable(value) ? std::string(value) : "";
}

}  // namespace minato::harvest
