#include "http/handlers/signed_text.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>

namespace minato::http {
namespace {

constexpr std::size_t kSignatureBytes = 16;
constexpr std::size_t kNumberBytes = 8;
constexpr std::string_view kAlphabet =  // RFC 4648 s5
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64url(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    held += 8;
    while (held >= 6) {
      held -= 6;
      out += kAlphabet[(bits >> held) & 63U];
    }
  }
  if (held > 0) out += kAlphabet[(bits << (6 - held)) & 63U];
  return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 255U);
    }
  }
  return out;
}

}  // namespace

void append_number(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((number >> shift) & 255U);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i) {
    number = (number << 8) | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

tl::unexpected<core::Error> invalid_cursor(std::string_view got) {
  core::Error error{
      core::ErrorCode::kInvalidArgument,
      "cursor-invalid",
      {"cursor が正しくないか、別の検索条件で発行されたものです。",
       "The cursor is damaged, or was issued for another query."},
      {"links.next の URL をそのまま使うか、cursor を外して最初のページから読み直してください。",
       "Follow links.next unchanged, or start again from the first page without cursor."},
      {},
      {}};
  core::ErrorDetail detail;
  detail.param = "cursor";
  detail.message = error.message;
  detail.expected = "links.next";
  detail.got = std::string(got.substr(0, got.find_first_not_of(kAlphabet)).substr(0, 40));
  detail.hint = error.hint;
  error.details.push_back(std::move(detail));
  return tl::unexpected<core::Error>(std::move(error));
}

SignedText::SignedText(std::string secret) : secret_(std::move(secret)) {
  if (!secret_.empty()) return;
  std::array<unsigned char, 32> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    throw std::runtime_error("no random bytes for signing");
  }
  secret_.assign(random.begin(), random.end());
}

std::string SignedText::signature(std::string_view payload, std::string_view binding) const {
  std::string signed_text;
  append_number(signed_text, payload.size());
  signed_text.append(payload).append(binding);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
           reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(),
           digest.data(), &length) == nullptr) {
    throw std::runtime_error("HMAC-SHA-256 failed");
  }
  return std::string(digest.begin(), digest.begin() + kSignatureBytes);
}

std::string SignedText::seal(std::string_view payload, std::string_view binding) const {
  return base64url(signature(payload, binding) + std::string(payload));
}

std::optional<std::string> SignedText::open(std::string_view text, std::string_view binding,
                                            std::size_t max_length) const {
  if (text.size() > max_length) return std::nullopt;
  std::optional<std::string> bytes = from_base64url(text);
  if (!bytes || bytes->size() < kSignatureBytes) return std::nullopt;
  const std::string_view payload = std::string_view(*bytes).substr(kSignatureBytes);
  const std::string expected = signature(payload, binding);
  if (CRYPTO_memcmp(expected.data(), bytes->data(), kSignatureBytes) != 0) return std::nullopt;
  return std::string(payload);
}

}  // namespace minato::http
