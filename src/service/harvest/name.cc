// harvested_name(): names that are stable, ASCII, and tell the publisher.
#include <algorithm>
#include <string>

#include "core/names.h"
#include "core/sha256.h"
#include "service/harvest/normalize.h"
#include "service/harvest/text.h"

namespace minato::service {

namespace {

constexpr std::size_t kHashDigits = 12;

bool is_slug_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Empty when nothing tells one name from another in it: "人口", "5_".
std::string slug_of(std::string_view raw) {
  const std::string text = lower_ascii(narrowed(raw));
  if (!is_ascii(text)) return {};
  std::string slug;
  for (const char c : text) {
    if (is_slug_character(c)) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  const bool has_word =
      std::any_of(slug.begin(), slug.end(), [](char c) { return c != '_' && c != '-'; });
  return has_word ? slug : std::string();
}

}  // namespace

std::string harvested_name(std::string_view organization, std::string_view remote_name,
                           std::string_view remote_id) {
  const std::string prefix = std::string(organization) + "-";
  std::string slug = slug_of(remote_name);
  const std::string hash = core::sha256_hex(remote_id);
  if (slug.empty()) return prefix + hash.substr(0, kHashDigits);
  const std::size_t room = core::kMaxNameLength - prefix.size();
  if (slug.size() > room) {
    slug.resize(room - kHashDigits - 1);
    slug += "-" + hash.substr(0, kHashDigits);
  }
  return prefix + slug;
}

}  // namespace minato::service
