#include "http/reply_headers.h"

#include <algorithm>
#include <utility>

#include "http/field_list.h"
#include "http/negotiation.h"
#include "http/router.h"
#include "http/server/syntax.h"

namespace minato::http {
namespace {

constexpr std::string_view kRevisionCaching = "public, max-age=60, stale-while-revalidate=600";
constexpr std::string_view kFileCaching = "public, max-age=60";
// Pages of ours load only from ourselves and are never framed.
constexpr std::string_view kPagePolicy =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";
// Files come from publishers: whatever they hold runs nothing in our origin.
constexpr std::string_view kFilePolicy = "sandbox; default-src 'none'";
constexpr std::string_view kExposed =
    "ETag, Link, Location, X-Total-Count, X-Encoding-Loss, X-Request-Id, RateLimit, "
    "RateLimit-Policy, Retry-After, Content-Disposition, Upload-Offset, Upload-Length";
constexpr std::string_view kAllowedFields =
    "Authorization, Content-Type, Content-Disposition, Content-Digest, X-CKAN-API-Key, "
    "Idempotency-Key, If-Match, If-None-Match, Range, Upload-Offset, X-Request-Id";

void add_missing(Headers& headers, const char* name, std::string_view value) {
  if (headers.find(name) == nullptr) headers.add(name, std::string(value));
}

std::string_view caching_of(const Route* route) {
  if (route == nullptr || route->cache == CacheRule::kNone) return "no-store";
  return route->cache == CacheRule::kRevision ? kRevisionCaching : kFileCaching;
}

bool belongs_to_server(std::string_view name) {
  static constexpr std::string_view kNames[] = {"Date", "Connection", "Keep-Alive",
                                                "Content-Length", "Transfer-Encoding"};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view own) { return equals_ignoring_case(own, name); });
}

}  // namespace

void add_standard_headers(const Route* route, Headers& headers) {
  add_missing(headers, "Cache-Control", caching_of(route));
  add_missing(headers, "X-Content-Type-Options", "nosniff");
  add_missing(headers, "Referrer-Policy", "same-origin");
  if (route != nullptr && route->cache == CacheRule::kFile) {
    add_missing(headers, "Content-Security-Policy", kFilePolicy);
  } else if (const std::string* type = headers.find("Content-Type");
             type != nullptr && media_type_of(*type) == "text/html") {
    add_missing(headers, "Content-Security-Policy", kPagePolicy);
  }
  if (route == nullptr || route->cors) {
    add_missing(headers, "Access-Control-Allow-Origin", "*");
    add_missing(headers, "Access-Control-Expose-Headers", kExposed);
  }
}

void add_vary(Headers& headers, std::string_view field) {
  std::string vary = headers.joined("Vary");
  for (const std::string_view present : split_list(vary)) {
    if (present == "*" || equals_ignoring_case(present, field)) return;
  }
  if (!vary.empty()) vary += ", ";
  headers.set("Vary", vary.append(field));
}

void add_preflight_headers(const std::vector<std::string>& methods, Headers& headers) {
  std::string allow = allow_header(methods);
  headers.set("Access-Control-Allow-Methods", allow);
  headers.set("Allow", std::move(allow));
  headers.set("Access-Control-Allow-Headers", std::string(kAllowedFields));
  headers.set("Access-Control-Max-Age", "86400");
}

std::shared_ptr<const std::string> make_header_block(const Headers& headers) {
  auto block = std::make_shared<std::string>();
  for (const auto& [name, value] : headers.all()) {
    if (!is_token(name) || !is_field_value(value) || belongs_to_server(name)) return nullptr;
    block->append(name).append(": ").append(value).append("\r\n");
  }
  return block;
}

}  // namespace minato::http
