// The one error type of the program, and Result<T>.
//
// Whatever a user, a file or the network can cause is an Error value; broken invariants throw.
// Every error id is permanent and documented in api/errors.md (tests/checks compares both).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace minato::core {

enum class Language { kJa, kEn };

// A publishable text in both languages of the service. Never holds user input unescaped as markup:
// encoders escape it for their medium.
struct LocalizedText {
  std::string ja;
  std::string en;

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::kJa ? ja : en;
  }
  [[nodiscard]] bool empty() const { return ja.empty() && en.empty(); }
};

// Closed set; one table in http/ maps it to status codes.
enum class ErrorCode {
  kInvalidArgument,      // 400
  kUnauthenticated,      // 401
  kPermissionDenied,     // 403
  kNotFound,             // 404
  kNotAcceptable,        // 406
  kConflict,             // 409
  kGone,                 // 410
  kPreconditionFailed,   // 412
  kTooLarge,             // 413
  kUnsupportedMedia,     // 415
  kRateLimited,          // 429
  kInternal,             // 500
  kUpstream,             // 502
  kUnavailable,          // 503
  kDeadline,             // 504
  kInsufficientStorage,  // 507
};

// One wrong field or parameter.
struct ErrorDetail {
  std::string param;  // parameter name, or JSON Pointer (RFC 6901) into a body or file
  LocalizedText message;
  std::string position;  // "byte 12", "line 3 column 5"; empty when it has none
  std::string expected;
  std::string got;
  LocalizedText hint;
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string id;         // permanent, listed in api/errors.md
  LocalizedText message;  // publishable
  LocalizedText hint;     // publishable: what to do about it
  std::vector<ErrorDetail> details;
  std::string internal;  // for the log only, never serialised
};

template <typename T>
using Result = tl::expected<T, Error>;

// Makes the failing half of a Result: `return fail(ErrorCode::kNotFound, "dataset-not-found",
// {...});`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string_view id,
                                                LocalizedText message, LocalizedText hint = {}) {
  return tl::unexpected<Error>(
      Error{code, std::string(id), std::move(message), std::move(hint), {}, {}});
}

// For faults of our own or of the machine: the public text is generic, `internal` goes to the log.
[[nodiscard]] inline tl::unexpected<Error> fail_internal(std::string internal) {
  return tl::unexpected<Error>(
      Error{ErrorCode::kInternal,
            "internal",
            {"サーバー内部でエラーが発生しました。", "Internal server error."},
            {"時間をおいて再度お試しください。続く場合は要求 ID を添えて運用者へご連絡ください。",
             "Try again later; if it goes on, tell the operator the request id."},
            {},
            std::move(internal)});
}

}  // namespace minato::core
