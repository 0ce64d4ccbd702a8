#include "ckan_fixture.h"

#include <rapidjson/pointer.h>

#include "formats/json.h"
#include "http/error_encoder.h"
#include "http/handlers/ckan/ckan_routes.h"
#include "http/url.h"

namespace minato::http {
namespace {

service::CatalogOptions site() {
  service::CatalogOptions options;
  options.site_url = "https://data.example.jp";
  options.site_title = {"かながわデータ", "Kanagawa data"};
  options.site_description = {"説明", "About"};
  return options;
}

CkanReply read(const Response& response) {
  CkanReply reply;
  reply.status = response.status;
  reply.content_type = response.headers.joined("Content-Type");
  reply.cache_control = response.headers.joined("Cache-Control");
  if (const auto* text = std::get_if<std::string>(&response.body)) reply.body = *text;
  auto parsed = formats::parse_json(reply.body);
  if (parsed) reply.json = std::move(*parsed);
  return reply;
}

}  // namespace

std::string CkanReply::at(const char* pointer) const {
  const auto* value = rapidjson::Pointer(pointer).Get(json);
  if (value == nullptr) return "(nothing)";
  std::string text;
  formats::JsonWriter(text).value(*value);
  return text;
}

CkanTest::CkanTest()
    : catalog_(store_, blobs_, clock_, site()),
      table_(RouteTable::make(ckan_routes({.catalog = &catalog_,
                                           .tables = &tables_.tables(),
                                           .harvest = &harvest_.status(),
                                           .limits = {}}))
                 .value()) {
  support::fill_sample_catalog(store_);
}

CkanReply CkanTest::get(std::string_view target) {
  Request request;
  request.method = "GET";
  return call(std::move(request), target);
}

CkanReply CkanTest::post(std::string_view target, std::string body, std::string_view content_type) {
  Request request;
  request.method = "POST";
  if (!content_type.empty()) request.headers.set("Content-Type", std::string(content_type));
  request.body.size = body.size();
  request.body.memory = std::move(body);
  return call(std::move(request), target);
}

CkanReply CkanTest::call(Request request, std::string_view target) {
  const auto parts = split_target(target).value();
  request.target = target;
  request.path = parts.path;
  request.query = parts.query;
  request.query_params = parse_query(parts.query).value();
  auto match = table_.match(request.method, decode_path(parts.path).value());
  if (match.route == nullptr) {
    CkanReply reply;
    reply.status = match.allowed.empty() ? 404 : 405;
    return reply;
  }
  request.path_params = std::move(match.params);
  auto answer = match.route->handler(request);
  if (answer) return read(*answer);
  ErrorContext context;
  context.format = match.route->errors;
  return read(encode_error(answer.error(), context));
}

}  // namespace minato::http
