#include "auth/token.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "auth/hmac.h"

namespace minato::auth {

namespace {

constexpr std::size_t kRandomBytes = 32;
constexpr std::size_t kEncodedLength = 43;
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool is_encoding_character(char c) { return kAlphabet.find(c) != std::string_view::npos; }

// Without padding (RFC 4648 s3.2).
std::string base64url(const std::array<unsigned char, kRandomBytes>& bytes) {
  std::string text;
  unsigned bits = 0;
  int count = 0;
  for (const unsigned char byte : bytes) {
    bits = bits << 8U | byte;
    count += 8;
    while (count >= 6) {
      count -= 6;
      text += kAlphabet[bits >> static_cast<unsigned>(count) & 63U];
    }
  }
  if (count > 0) text += kAlphabet[bits << static_cast<unsigned>(6 - count) & 63U];
  return text;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_bearer(std::string_view scheme) {
  constexpr std::string_view kBearer = "bearer";
  return std::equal(
      scheme.begin(), scheme.end(), kBearer.begin(), kBearer.end(),
      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

}  // namespace

std::string make_token() {
  std::array<unsigned char, kRandomBytes> bytes{};
  // The generator for long-lived secrets; it is seeded by the operating system.
  if (RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random bytes");
  }
  std::string token = std::string(kTokenPrefix) + base64url(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return token;
}

bool looks_like_token(std::string_view text) {
  return text.size() == kTokenPrefix.size() + kEncodedLength && text.starts_with(kTokenPrefix) &&
         std::all_of(text.begin() + kTokenPrefix.size(), text.end(), is_encoding_character);
}

std::string token_hash(std::string_view secret, std::string_view token) {
  return hmac_sha256_hex(secret, token);
}

std::string_view token_of_authorization(std::string_view value) {
  value = trimmed(value);
  const auto blank = value.find_first_of(" \t");
  if (blank == std::string_view::npos) return is_bearer(value) ? std::string_view() : value;
  if (!is_bearer(value.substr(0, blank))) return {};  // another scheme: "Basic ..."
  const std::string_view token = trimmed(value.substr(blank));
  return token.find_first_of(" \t") == std::string_view::npos ? token : std::string_view();
}

}  // namespace minato::auth
