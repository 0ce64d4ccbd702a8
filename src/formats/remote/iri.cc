#include "formats/remote/iri.h"

#include <algorithm>

namespace minato::formats {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Link {
  std::string_view scheme;  // without ':'
  std::string_view authority;
  std::string_view path;
  std::string_view query;  // with '?'
  std::string_view fragment;
  bool has_authority = false;
};

// RFC 3986, appendix B.
Link split(std::string_view text) {
  Link link;
  const std::size_t colon = text.find_first_of(":/?#");
  if (colon != std::string_view::npos && colon > 0 && text[colon] == ':' && is_letter(text[0]) &&
      std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
      })) {
    link.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    link.fragment = text.substr(hash);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    link.query = text.substr(mark);
    text = text.substr(0, mark);
  }
  if (text.starts_with("//")) {
    link.has_authority = true;
    text.remove_prefix(2);
    const std::size_t slash = std::min(text.find('/'), text.size());
    link.authority = text.substr(0, slash);
    text.remove_prefix(slash);
  }
  link.path = text;
  return link;
}

// RFC 3986 s5.2.4.
std::string without_dots(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t slash = path.find('/', 1);
    const std::string_view segment = path.substr(0, slash);
    const bool is_last = slash == std::string_view::npos;
    path = is_last ? std::string_view() : path.substr(slash);
    if (segment == "/." || segment == "/..") {
      if (segment == "/..") out.erase(std::min(out.rfind('/'), out.size()));
      if (is_last) out += '/';
    } else {
      out += segment;
    }
  }
  return out;
}

std::string merged(const Link& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return "/" + std::string(path);
  const std::size_t slash = base.path.rfind('/');
  if (slash == std::string_view::npos) return std::string(path);
  return std::string(base.path.substr(0, slash + 1)) + std::string(path);
}

}  // namespace

std::string resolve_iri(std::string_view base, std::string_view reference) {
  constexpr std::string_view kBlanks = " \t\r\n\f";
  while (!reference.empty() && kBlanks.find(reference.front()) != std::string_view::npos) {
    reference.remove_prefix(1);
  }
  while (!reference.empty() && kBlanks.find(reference.back()) != std::string_view::npos) {
    reference.remove_suffix(1);
  }
  const Link link = split(reference);
  const Link from = split(base);
  if (!link.scheme.empty() || from.scheme.empty()) return std::string(reference);
  std::string target = std::string(from.scheme) + ":";
  const Link& authority = link.has_authority ? link : from;
  if (authority.has_authority) target.append("//").append(authority.authority);
  if (link.has_authority) {
    target += without_dots(link.path);
  } else if (link.path.empty()) {
    target += from.path;
  } else {
    target +=
        without_dots(link.path.front() == '/' ? std::string(link.path) : merged(from, link.path));
  }
  const bool keeps_query = !link.has_authority && link.path.empty() && link.query.empty();
  target += keeps_query ? from.query : link.query;
  return target + std::string(link.fragment);
}

}  // namespace minato::formats
