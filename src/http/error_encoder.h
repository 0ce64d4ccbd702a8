// Errors as replies: one table from codes to statuses, three ways to write them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "http/message.h"
#include "http/route.h"

namespace minato::http {

[[nodiscard]] int status_of(core::ErrorCode code);

struct ErrorContext {
  ErrorFormat format = ErrorFormat::kProblem;
  core::Language language = core::Language::kJa;
  std::string_view site_url;  // "https://data.example.jp", no slash at the end; may be empty
  std::string_view request_id;
  std::string_view action;  // CKAN: the action's name for "help"; may be empty
  int status = 0;           // 0: status_of(error.code)
};

// Writes `error` in the context's format. `error.internal` is never written.
[[nodiscard]] Response encode_error(const core::Error& error, const ErrorContext& context);

// RFC 9457 application/problem+json.
[[nodiscard]] Response encode_problem(const core::Error& error, const ErrorContext& context);

// CKAN's envelope {"help", "success": false, "error": {"__type", "message", ...}}. Codes map so:
// invalid_argument with details: 409 "Validation Error" with a list of messages per field; without:
// 400 and a bare JSON string; not_found: 404 "Not Found Error"; permission_denied and
// unauthenticated: 403 "Authorization Error"; internal: 500 "Internal Server Error"; the others
// keep their status.
[[nodiscard]] Response encode_ckan(const core::Error& error, const ErrorContext& context);

// The envelope with exactly these contents, for errors whose type CKAN's contract fixes.
struct CkanError {
  int status = 409;
  std::string type = "Validation Error";                                 // __type
  std::string message;                                                   // empty: no "message" key
  std::vector<std::pair<std::string, std::vector<std::string>>> fields;  // "name": ["...", "..."]
  // Members that are more than a list of texts, as finished JSON: "resources": [{}, {...}].
  std::vector<std::pair<std::string, std::string>> nested = {};
};
[[nodiscard]] Response encode_ckan_envelope(const CkanError& error, const ErrorContext& context);

// A bare JSON string, CKAN's answer to requests it cannot read: "Bad request: JSON Error: ...".
[[nodiscard]] Response encode_ckan_string(int status, std::string_view text);

// A small accessible page in the context's language.
[[nodiscard]] Response encode_html(const core::Error& error, const ErrorContext& context);

// What the server and the dispatcher say for statuses that are not a handler's Error: 400, 401,
// 404, 405, 408, 411, 412, 413, 414, 416, 417, 429, 431, 500, 501, 503, 505, 507.
[[nodiscard]] core::Error error_of_status(int status);

// For HTML text and double-quoted attributes.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace minato::http
