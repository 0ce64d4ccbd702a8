// Validators and preconditions (RFC 9110 s8.8, s13).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "http/message.h"
#include "http/negotiation.h"

namespace minato::http {

struct Validators {
  std::string etag;  // with quotes; empty: none
  std::optional<core::Timestamp> last_modified;
};

[[nodiscard]] Validators validators_of(const Headers& headers);

enum class Precondition {
  kProceed,
  kNotModified,  // 304, GET and HEAD only
  kFailed,       // 412
};

// In the order of RFC 9110 s13.2.2. If-Range is range.h's. Dates that do not parse are ignored.
[[nodiscard]] Precondition evaluate_preconditions(const Request& request,
                                                  const Validators& validators);

// `list` is "*" or entity tags separated by commas. Weak comparison lets W/"a" equal "a".
[[nodiscard]] bool etag_matches(std::string_view list, std::string_view etag, bool weak);

// A strong tag of these bytes: 128 bits of their SHA-256.
[[nodiscard]] std::string strong_etag(std::string_view bytes);

// The tag of the same representation in another coding: "\"a\"" and gzip give "\"a-gzip\"".
[[nodiscard]] std::string etag_in_coding(std::string_view etag, Coding coding);

// Turns a 200 into the 304 of the same representation: no body, only the fields that RFC 9110
// s15.4.5 names and those that are about the exchange.
void make_not_modified(Response& response);

}  // namespace minato::http
