// What every request that changes something may carry: a key that makes it repeatable, the version
// it is about, and a JSON body.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/error.h"
#include "formats/schema_validator.h"
#include "http/handlers/api_v1/parameters.h"
#include "http/message.h"
#include "service/audited_store.h"

namespace minato::http::writes {

inline constexpr std::uint64_t kMaxJsonBody = std::uint64_t{4} * 1024 * 1024;

// Who writes, and the Idempotency-Key with the hash of the request. kInvalidArgument
// "idempotency-key-invalid": it is not 1 to 255 visible ASCII characters.
core::Result<service::WriteContext> write_context(const Request& request);

// kInvalidArgument "parameter-invalid" for every query parameter no rule names.
core::Result<void> only_parameters(const Request& request,
                                   std::span<const api_v1::ParameterRule> rules = {});

// The body as JSON that fits the schema. Fails with the errors of parse_json(), kTooLarge
// "json-too-large" beyond kMaxJsonBody, and kInvalidArgument `wrong_id` with one detail per wrong
// member (JSON Pointer).
core::Result<rapidjson::Document> json_body(const Request& request,
                                            const formats::SchemaValidator& schema,
                                            std::string_view wrong_id);
// The check alone.
core::Result<void> check_json(const rapidjson::Value& value, const formats::SchemaValidator& schema,
                              std::string_view wrong_id);

// If-Match (RFC 9110 s13.1.1) against the tag of what is there now: kPreconditionFailed
// "precondition-failed". Tags of coded replies ("...-gzip") count as the plain ones.
core::Result<void> check_match(const Request& request, std::string_view etag);
// If-Match as the version of a table: `"3"` or `3`; empty: not given, or "*". kInvalidArgument
// "parameter-invalid".
core::Result<std::optional<std::int64_t>> matched_version(const Request& request);
// The same against the version that is there now.
core::Result<void> check_version(const Request& request, std::int64_t now);

}  // namespace minato::http::writes
