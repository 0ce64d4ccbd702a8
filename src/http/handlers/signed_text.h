// Short texts we hand out and want back unchanged: signed, and bound to what they belong to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::http {

// Immutable, so any thread may use it.
class SignedText {
 public:
  // The same secret gives the same texts in every process; an empty one is replaced by random
  // bytes, and then what was sealed ends with the process.
  explicit SignedText(std::string secret);

  // In base64url (RFC 4648 s5), without padding.
  [[nodiscard]] std::string seal(std::string_view payload, std::string_view binding) const;
  // The payload; empty when the text was changed, is not ours, is longer than `max_length`, or was
  // sealed with another binding.
  [[nodiscard]] std::optional<std::string> open(std::string_view text, std::string_view binding,
                                                std::size_t max_length = 256) const;

 private:
  [[nodiscard]] std::string signature(std::string_view payload, std::string_view binding) const;

  std::string secret_;
};

// Big-endian, 8 bytes.
void append_number(std::string& out, std::uint64_t number);
// REQUIRES: 8 bytes at `at`.
std::uint64_t number_at(std::string_view bytes, std::size_t at);

// kInvalidArgument "cursor-invalid", quoting what of `got` can be.
tl::unexpected<core::Error> invalid_cursor(std::string_view got);

}  // namespace minato::http
