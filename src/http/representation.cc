#include "http/representation.h"

#include <algorithm>
#include <utility>

#include "http/compression.h"
#include "http/conditional.h"
#include "http/field_list.h"
#include "http/reply_headers.h"
#include "http/server/reply_head.h"

namespace minato::http {
namespace {

bool is_source(const Response& response) {
  return std::holds_alternative<BodySource>(response.body) ||
         std::holds_alternative<PooledSource>(response.body);
}

const std::string* text_of(const Response& response) {
  if (const auto* own = std::get_if<std::string>(&response.body)) return own;
  const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
  return shared == nullptr ? nullptr : shared->get();
}

bool may_be_coded(const Response& response) {
  if (!is_source(response) && text_of(response) == nullptr) return false;
  const std::string* type = response.headers.find("Content-Type");
  return type != nullptr && is_compressible(*type) &&
         response.headers.find("Content-Encoding") == nullptr;
}

// Replaces the text by its coded form; leaves it alone when that would not be smaller.
core::Result<Coding> code_text(Response& response, Coding coding) {
  const std::string& text = *text_of(response);
  if (coding == Coding::kIdentity || text.size() < kMinCompressedBytes) return Coding::kIdentity;
  core::Result<std::string> coded = compress(text, coding);
  if (!coded) return tl::unexpected(std::move(coded.error()));
  if (coded->size() >= text.size()) return Coding::kIdentity;
  response.body = std::move(*coded);
  return coding;
}

bool is_known_to_cache(std::string_view vary) {
  const std::vector<std::string_view> fields = split_list(vary);
  return std::all_of(fields.begin(), fields.end(), [](std::string_view field) {
    return equals_ignoring_case(field, "Accept-Encoding") ||
           equals_ignoring_case(field, "Accept-Language");
  });
}

bool may_be_kept(const Response& response) {
  if (response.status != 200 || response.close || response.header_block ||
      text_of(response) == nullptr || response.headers.find("Set-Cookie") != nullptr) {
    return false;
  }
  const std::string caching = response.headers.joined("Cache-Control");
  return caching.find("no-store") == std::string::npos &&
         caching.find("private") == std::string::npos &&
         is_known_to_cache(response.headers.joined("Vary"));
}

std::shared_ptr<const std::string> shared_text(const Response& response) {
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
    return *shared;
  }
  return std::make_shared<const std::string>(std::get<std::string>(response.body));
}

}  // namespace

core::Result<Coding> choose_representation(const Exchange& exchange, Response& response) {
  Headers& headers = response.headers;
  const std::string* text = text_of(response);
  if (text != nullptr && exchange.is_read() && exchange.route->cache == CacheRule::kRevision &&
      headers.find("ETag") == nullptr) {
    headers.add("ETag", strong_etag(*text));
  }
  Coding coding = Coding::kIdentity;
  if (may_be_coded(response)) {
    add_vary(headers, "Accept-Encoding");
    coding = exchange.fields.range.empty() ? exchange.coding : Coding::kIdentity;
    if (text != nullptr) {
      core::Result<Coding> coded = code_text(response, coding);
      if (!coded) return tl::unexpected(std::move(coded.error()));
      coding = *coded;
    }
    if (coding != Coding::kIdentity) {
      headers.set("Content-Encoding", std::string(coding_name(coding)));
      if (const std::string* etag = headers.find("ETag")) {
        headers.set("ETag", etag_in_coding(*etag, coding));
      }
    }
  }
  finish_headers(exchange, headers);
  return coding;
}

core::Result<void> code_source(Response& response, Coding coding) {
  auto* pooled = std::get_if<PooledSource>(&response.body);
  auto* source = pooled != nullptr ? &pooled->pull : std::get_if<BodySource>(&response.body);
  if (source == nullptr || coding == Coding::kIdentity) return {};
  core::Result<BodySource> coded = compress_source(std::move(*source), coding);
  if (!coded) return tl::unexpected(std::move(coded.error()));
  *source = std::move(*coded);  // a pooled one stays pooled
  return {};
}

std::shared_ptr<const CachedReply> make_cached_reply(const Exchange& exchange,
                                                     const Response& response) {
  if (!may_be_kept(response)) return nullptr;
  auto reply = std::make_shared<CachedReply>();
  reply->route = exchange.route;
  reply->revision = exchange.revision;
  reply->validators = validators_of(response.headers);
  Headers headers = response.headers;
  headers.add("Server-Timing", "cache;desc=hit");
  reply->header_block = make_header_block(headers);
  Response unchanged;
  unchanged.headers = std::move(headers);
  make_not_modified(unchanged);
  reply->not_modified_block = make_header_block(unchanged.headers);
  if (!reply->header_block || !reply->not_modified_block) return nullptr;
  reply->body = shared_text(response);
  return reply;
}

void finish_headers(const Exchange& exchange, Headers& headers) {
  if (varies_by_language(*exchange.route, headers)) add_vary(headers, "Accept-Language");
  const bool unsaid = headers.find("Cache-Control") == nullptr;
  if (unsaid && !exchange.is_read()) headers.add("Cache-Control", "no-store");
  add_standard_headers(exchange.route, headers);
}

bool varies_by_language(const Route& route, const Headers& headers) {
  if (route.varies_by_language) return true;
  // The language of pages is that of their address.
  return route.errors != ErrorFormat::kHtml && headers.find("Content-Language") != nullptr;
}

}  // namespace minato::http
