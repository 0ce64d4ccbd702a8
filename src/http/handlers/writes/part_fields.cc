#include "http/handlers/writes/part_fields.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "formats/query/query_fault.h"

namespace minato::http::writes {
namespace {

constexpr std::size_t kDigestBytes = 32;

tl::unexpected<core::Error> wrong(std::string_view param, std::string_view expected,
                                  std::string_view got) {
  const std::string name(param);
  core::ErrorDetail detail;
  detail.param = name;
  detail.message = {"値が正しくありません。", "The value is not valid."};
  detail.expected = expected;
  detail.got = formats::shown_input(got);
  core::Error error{core::ErrorCode::kInvalidArgument,
                    "parameter-invalid",
                    {"パラメーターに誤りがあります: " + name, "Wrong parameters: " + name},
                    {"errors の各項目を直してください。", "Correct each item of errors."},
                    {std::move(detail)},
                    {}};
  return tl::unexpected<core::Error>(std::move(error));
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// 32 bytes in base64, as hex.
std::optional<std::string> hex_of_base64(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string hex;
  unsigned int bits = 0;
  int count = 0;
  for (const char c : text) {
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6U | static_cast<unsigned int>(digit)) & 0xFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const unsigned int byte = bits >> static_cast<unsigned int>(count) & 0xFFU;
    hex += kHex[byte >> 4U];
    hex += kHex[byte & 0xFU];
  }
  if (hex.size() != 2 * kDigestBytes) return std::nullopt;
  return hex;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// The value of sha-256 in "sha-512=..., sha-256=:...:"; empty when only others are there.
std::string_view sha256_member(std::string_view list) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const std::string_view member = trimmed(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    const auto equals = std::min(member.find('='), member.size());
    if (lower(member.substr(0, equals)) != "sha-256") continue;
    return trimmed(member.substr(std::min(equals + 1, member.size())));
  }
  return {};
}

core::Result<std::string> read_digest(const Request& request) {
  for (const std::string_view name : {"Content-Digest", "Digest"}) {
    const std::string header = request.headers.joined(name);
    std::string_view value = sha256_member(header);
    if (value.empty()) continue;
    // A byte sequence of RFC 8941 stands between colons.
    if (value.size() >= 2 && value.front() == ':' && value.back() == ':') {
      value = value.substr(1, value.size() - 2);
    }
    auto hex = hex_of_base64(value);
    if (!hex) return wrong(name, "sha-256=:BASE64:", header);
    return *std::move(hex);
  }
  const std::string* header = request.headers.find("X-Part-SHA256");
  if (header == nullptr) return std::string();
  std::string hex = lower(*header);
  const bool is_hex = hex.size() == 2 * kDigestBytes &&
                      hex.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hex) return wrong("X-Part-SHA256", "64 hex digits", *header);
  return hex;
}

}  // namespace

core::Result<PartFields> read_part_fields(const Request& request) {
  const std::string* text = request.headers.find("Upload-Offset");
  const std::string_view name = text == nullptr ? "offset" : "Upload-Offset";
  if (text == nullptr) text = request.query_param("offset");
  if (text == nullptr) return wrong("Upload-Offset", "0, 1, 2, ...", "");
  PartFields fields;
  const char* end = text->data() + text->size();
  const auto [rest, fault] = std::from_chars(text->data(), end, fields.offset);
  if (fault != std::errc{} || rest != end || fields.offset < 0) {
    return wrong(name, "0, 1, 2, ...", *text);
  }
  auto digest = read_digest(request);
  if (!digest) return tl::unexpected(std::move(digest).error());
  fields.sha256 = *std::move(digest);
  return fields;
}

}  // namespace minato::http::writes
