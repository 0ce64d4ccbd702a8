// Absolute http and https URLs as people and web pages write them: split, resolved, normalised.
// Lenient like browsers (WHATWG URL): blanks around it and line breaks inside it are dropped, "\"
// in the path counts as "/", and what must not stand in a URL (spaces, Japanese) is percent-encoded
// as UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace minato::core {

struct Url {
  std::string scheme;  // "http" or "https"
  std::string user_info;
  std::string host;        // ASCII letters in lower case; an IPv6 address in its brackets
  std::uint16_t port = 0;  // the scheme's own when the URL names none
  std::string path;        // begins with "/"; without dot segments
  std::optional<std::string> query;
  std::optional<std::string> fragment;

  [[nodiscard]] bool has_default_port() const;
  [[nodiscard]] std::string origin() const;     // "https://example.jp:8443"
  [[nodiscard]] std::string to_string() const;  // all of it
};

// nullopt: another scheme, no host, a host or port that cannot be one, longer than kMaxUrlBytes.
std::optional<Url> parse_url(std::string_view text);

// RFC 3986 s5.2; keeps the fragment of the reference. nullopt: the outcome is no http(s) URL
// ("mailto:", "javascript:"), or the base is none.
std::optional<std::string> resolve_url(std::string_view base, std::string_view reference);

// One spelling for equivalent URLs (RFC 3986 s6.2.2, s6.2.3), without fragment: an identity. What
// is no http(s) URL (a URN, an id) comes back as it is, without the blanks around it.
std::string normalize_url(std::string_view url);

// Of a path or query: forbidden characters escaped, escapes in upper case, none for characters that
// need none. Two texts that mean the same become equal.
std::string normalize_escapes(std::string_view text);

}  // namespace minato::core
