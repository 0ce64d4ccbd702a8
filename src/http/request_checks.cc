#include "http/request_checks.h"

#include <algorithm>
#include <utility>

#include "http/error_encoder.h"
#include "http/negotiation.h"
#include "http/server/syntax.h"

namespace minato::http {
namespace {

RequestRefusal refuse(int status, core::ErrorDetail detail) {
  RequestRefusal refusal{status, error_of_status(status), {}};
  if (!detail.param.empty()) refusal.error.details.push_back(std::move(detail));
  return refusal;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::optional<RequestRefusal> check_permission(const Exchange& exchange) {
  if (exchange.route->permission == Permission::kPublic ||
      !exchange.request->caller.is_anonymous()) {
    return std::nullopt;
  }
  RequestRefusal refusal = refuse(401, {});
  refusal.headers.add("WWW-Authenticate", "Bearer");  // RFC 6750 s3
  return refusal;
}

std::optional<RequestRefusal> check_media_type(const Route& route, const Exchange& exchange) {
  if (exchange.request->body.size == 0 || route.max_body_bytes == 0) return std::nullopt;
  const RequestFields& fields = exchange.fields;
  const bool coded = !fields.content_encoding.empty() &&
                     !equals_ignoring_case(fields.content_encoding, "identity");
  const auto& taken = route.content_types;
  const bool known = taken.empty() || std::find(taken.begin(), taken.end(),
                                                media_type_of(fields.content_type)) != taken.end();
  if (known && !coded) return std::nullopt;
  core::ErrorDetail detail;
  detail.param = coded ? "Content-Encoding" : "Content-Type";
  detail.expected = coded ? "identity" : joined(taken);
  detail.got = std::string(coded ? fields.content_encoding : fields.content_type);
  detail.message = {"この値は受け付けていません。", "This value is not supported."};
  RequestRefusal refusal = refuse(415, std::move(detail));
  if (!taken.empty()) refusal.headers.add("Accept", joined(taken));
  if (coded) refusal.headers.add("Accept-Encoding", "identity");
  return refusal;
}

}  // namespace

std::uint64_t body_limit(const Route& route) {
  return route.max_body_bytes == 0 ? kIgnoredBodyBytes : route.max_body_bytes;
}

bool is_acceptable(const Route& route, std::string_view accept) {
  return route.produces.empty() || accept.empty() || accept == "*/*" ||
         choose_media_type(accept, route.produces).has_value();
}

std::optional<RequestRefusal> check_request(const Exchange& exchange) {
  const Route& route = *exchange.route;
  if (auto refusal = check_permission(exchange)) return refusal;
  if (exchange.request->body.size > body_limit(route)) return refuse(413, {});
  if (auto refusal = check_media_type(route, exchange)) return refusal;
  if (is_acceptable(route, exchange.fields.accept)) return std::nullopt;
  core::ErrorDetail detail;
  detail.param = "Accept";
  detail.expected = joined(route.produces);
  detail.got = std::string(exchange.fields.accept);
  detail.message = {"どの形式も返せません。", "None of these can be produced."};
  return refuse(406, std::move(detail));
}

}  // namespace minato::http
