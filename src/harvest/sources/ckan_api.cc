#include "harvest/sources/ckan_api.h"

#include <array>
#include <charconv>

#include "formats/ckan_json.h"

namespace minato::harvest {
namespace {

constexpr std::array<std::string_view, 2> kDoors = {"/api/3/action/", "/api/action/"};

}  // namespace

int status_of(const core::Error& error) {
  if (error.id != "harvest-status") return 0;
  for (const core::ErrorDetail& detail : error.details) {
    if (detail.param != "status") continue;
    int status = 0;
    const char* end = detail.got.data() + detail.got.size();
    if (std::from_chars(detail.got.data(), end, status).ec == std::errc()) return status;
  }
  return 0;
}

CkanApi::CkanApi(const SourceContext& context, std::string base)
    : context_(context), base_(std::move(base)) {}

core::Result<std::string> CkanApi::get(std::string_view action, const Parameters& parameters,
                                       std::uint64_t max_bytes) {
  std::string call(action);
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    call += separator;
    call.append(name).append("=").append(formats::percent_encode(value));
    separator = '&';
  }
  auto body = get_at(door_, call, max_bytes);
  if (body || is_door_known_ || status_of(body.error()) != 404) return body;
  auto other = get_at(1, call, max_bytes);
  // The first door's answer says more about a portal that has neither.
  if (!other && status_of(other.error()) == 404) return body;
  door_ = 1;
  return other;
}

core::Result<std::string> CkanApi::get_at(std::size_t door, const std::string& call,
                                          std::uint64_t max_bytes) {
  url_ = base_ + std::string(kDoors[door]) + call;
  FetchRequest request = request_of(context_, url_);
  request.accept = "application/json";
  request.max_bytes = max_bytes;
  if (!context_.options.api_key.empty()) {
    request.headers.emplace_back("Authorization", context_.options.api_key);
  }
  auto reply = context_.fetcher.fetch(request);
  if (!reply) return tl::unexpected<core::Error>(std::move(reply.error()));
  is_door_known_ = true;
  return std::move(reply->body);
}

}  // namespace minato::harvest
