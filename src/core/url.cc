#include "core/url.h"

#include <algorithm>
#include <charconv>

#include "core/names.h"
#include "core/utf8.h"

namespace minato::core {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_blank_or_control(char c) { return static_cast<unsigned char>(c) <= 0x20; }
bool is_unreserved(char c) {
  return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char low = lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4U];
  out += kHex[byte & 0x0FU];
}

// The character of an escape at `offset`, if there is a whole one.
std::optional<char> escaped_at(std::string_view text, std::size_t offset) {
  if (offset + 2 >= text.size() || text[offset] != '%') return std::nullopt;
  const int high = hex_value(text[offset + 1]);
  const int low = hex_value(text[offset + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

// Without the blanks around it and without tabs and line breaks; "\" before the query is "/".
std::string cleaned(std::string_view text) {
  while (!text.empty() && is_blank_or_control(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_or_control(text.back())) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size());
  bool in_path = true;
  for (const char c : text) {
    if (c == '?' || c == '#') in_path = false;
    if (c == '\t' || c == '\n' || c == '\r') continue;
    out += c == '\\' && in_path ? '/' : c;
  }
  return out;
}

// Escapes what RFC 3986 allows nowhere; escapes that are there stay.
std::string encoded(std::string_view text) {
  constexpr std::string_view kForbidden = "\"<>\\^`{|}";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || kForbidden.find(c) != std::string_view::npos) {
      append_escaped(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

// 1 for ".", 2 for "..", in any spelling of the dots; else 0.
int dots_of(std::string_view segment) {
  int dots = 0;
  for (std::size_t i = 0; i < segment.size(); ++dots) {
    if (segment[i] == '.') {
      ++i;
    } else if (escaped_at(segment, i) == '.') {
      i += 3;
    } else {
      return 0;
    }
  }
  return dots <= 2 ? dots : 0;
}

// RFC 3986 s5.2.4. REQUIRES: the path begins with "/".
std::string without_dot_segments(std::string_view path) {
  std::string out;
  for (std::size_t begin = 1; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    const int dots = dots_of(segment);
    const bool last = end == path.size();
    if (dots == 2) out.resize(out.empty() ? 0 : out.rfind('/'));
    if (dots == 0) out.append("/").append(segment);
    if (dots != 0 && last) out += '/';
    begin = end + 1;
  }
  return out;
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  if (host.front() == '[') {
    if (host.size() < 4 || host.back() != ']') return false;
    host = host.substr(1, host.size() - 2);
    return std::all_of(host.begin(), host.end(),
                       [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; });
  }
  if (host.front() == '.' || !is_valid_utf8(host)) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

std::uint16_t default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

bool read_authority(std::string_view authority, Url& url) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.user_info = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  std::string_view port;
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  url.host = authority;
  std::transform(url.host.begin(), url.host.end(), url.host.begin(), lower);
  url.port = default_port(url.scheme);
  if (!port.empty()) {
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc() || end != port.data() + port.size() || url.port == 0) return false;
  }
  return is_host(url.host);
}

// The scheme in lower case, without its colon; empty when the text has none.
std::string scheme_of(std::string_view text) {
  std::string scheme;
  for (const char c : text) {
    if (c == ':') return scheme;
    const bool inner = is_digit(c) || c == '+' || c == '-' || c == '.';
    if (!is_alpha(c) && (scheme.empty() || !inner)) break;
    scheme += lower(c);
  }
  return "";
}

// Path, query and fragment of `rest` into the URL.
void read_path(std::string_view rest, Url& url) {
  if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
    url.fragment = encoded(rest.substr(hash + 1));
    rest = rest.substr(0, hash);
  }
  if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
    url.query = encoded(rest.substr(mark + 1));
    rest = rest.substr(0, mark);
  }
  url.path = rest.empty() ? "/" : without_dot_segments(encoded(rest));
}

std::optional<Url> parse_cleaned(std::string_view text) {
  if (text.size() > kMaxUrlBytes) return std::nullopt;
  Url url;
  url.scheme = scheme_of(text);
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  text.remove_prefix(url.scheme.size() + 1);
  if (!text.starts_with("//")) return std::nullopt;
  text.remove_prefix(2);
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  if (!read_authority(text.substr(0, end), url)) return std::nullopt;
  read_path(text.substr(end), url);
  return url;
}

}  // namespace

bool Url::has_default_port() const { return port == default_port(scheme); }

std::string Url::origin() const {
  std::string text = scheme + "://" + host;
  if (!has_default_port()) text += ":" + std::to_string(port);
  return text;
}

std::string Url::to_string() const {
  std::string text = origin();
  if (!user_info.empty()) text.insert(scheme.size() + 3, user_info + "@");
  text += path;
  if (query) text += "?" + *query;
  if (fragment) text += "#" + *fragment;
  return text;
}

std::optional<Url> parse_url(std::string_view text) { return parse_cleaned(cleaned(text)); }

std::optional<std::string> resolve_url(std::string_view base, std::string_view reference) {
  std::optional<Url> from = parse_url(base);
  if (!from) return std::nullopt;
  const std::string target = cleaned(reference);
  if (target.size() > kMaxUrlBytes) return std::nullopt;
  std::optional<Url> url;
  if (!scheme_of(target).empty()) {
    url = parse_cleaned(target);
  } else if (target.starts_with("//")) {
    url = parse_cleaned(from->scheme + ":" + target);
  } else {
    url = from;
    url->fragment.reset();
    if (target.starts_with('#')) {
      url->fragment = encoded(std::string_view(target).substr(1));
    } else if (!target.empty()) {
      url->query.reset();
      const bool keeps_path = target.starts_with('?');
      const bool absolute = target.starts_with('/');
      const std::string folder =
          keeps_path ? from->path : from->path.substr(0, from->path.rfind('/') + 1);
      read_path(absolute ? target : folder + target, *url);
    }
  }
  return url ? std::optional(url->to_string()) : std::nullopt;
}

std::string normalize_escapes(std::string_view raw) {
  const std::string text = encoded(raw);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::optional<char> escaped = escaped_at(text, i);
    if (!escaped) {
      out += text[i];
      continue;
    }
    if (is_unreserved(*escaped)) {
      out += *escaped;
    } else {
      append_escaped(out, *escaped);
    }
    i += 2;
  }
  return out;
}

std::string normalize_url(std::string_view text) {
  std::optional<Url> url = parse_url(text);
  if (!url) {
    while (!text.empty() && is_blank_or_control(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank_or_control(text.back())) text.remove_suffix(1);
    return std::string(text);
  }
  url->fragment.reset();
  url->path = normalize_escapes(url->path);
  if (url->query) url->query = normalize_escapes(*url->query);
  return url->to_string();
}

}  // namespace minato::core
