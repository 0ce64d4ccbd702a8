#include "http/handlers/tables/descriptions.h"

#include <array>
#include <utility>

#include "formats/api_json.h"
#include "http/handlers/api_v1/parameters.h"
#include "http/handlers/api_v1/replies.h"
#include "http/handlers/downloads.h"
#include "http/handlers/tables/table_openapi.h"

namespace minato::http::tables {

namespace {

using formats::JsonWriter;

constexpr std::array<api_v1::ParameterRule, 1> kVersionOnly{{{"version", false}}};

core::Result<void> check(const Request& request, std::span<const api_v1::ParameterRule> rules) {
  return api_v1::Parameters(request.query_params, rules).check();
}

}  // namespace

core::Result<Response> show_table(const TableSources& sources, const Request& request) {
  if (auto known = check(request, kVersionOnly); !known) return tl::unexpected(known.error());
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  const auto notes = sources.tables.notes(call->table());
  if (!notes) return tl::unexpected(notes.error());
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("data");
  write_table(json, call->table(), *notes, call->context());
  const std::string url = table_url(call->table().version.table_id, call->context().site_url);
  json.key("meta").begin_object().end_object();
  json.key("links").begin_object().field("self", call->self()).field("rows", url + "/rows");
  json.field("aggregate", url + "/aggregate").field("facets", url + "/facets");
  json.field("csv", url + "/export.csv").field("xlsx", url + "/export.xlsx");
  json.field("versions", url + "/versions").field("openapi", url + "/openapi.json");
  json.field("html", call->context().site_url + "/dataset/" + call->table().dataset.name +
                         "/resource/" + call->table().resource.id);
  json.end_object().end_object();
  Response response = api_v1::json_response(std::move(body));
  call->set_caching(response);
  // "current" turns false one day, even of a pinned version.
  response.headers.remove("Cache-Control");
  response.headers.remove("ETag");
  return response;
}

core::Result<Response> list_versions(const TableSources& sources, const Request& request) {
  if (auto known = check(request, {}); !known) return tl::unexpected(known.error());
  const auto versions = sources.tables.versions(*request.path_param("id"), request.caller);
  if (!versions) return tl::unexpected(versions.error());
  TableContext context;
  context.site_url = sources.tables.catalog().options().site_url;
  context.language = request.language;
  std::string data;
  JsonWriter json(data);
  json.begin_array();
  for (const storage::TableVersion& version : versions->all) {
    write_version(json, version, version.version == versions->current, context);
  }
  json.end_array();
  const auto count = static_cast<std::int64_t>(versions->all.size());
  formats::ListLinks links;
  links.self = api_v1::self_link(request, context.site_url);
  links.first = links.self;
  return api_v1::json_response(formats::write_list_envelope(data, {count, count, nullptr}, links));
}

core::Result<Response> version_file(const TableSources& sources, const Request& request) {
  if (auto known = check(request, {}); !known) return tl::unexpected(known.error());
  const auto number = version_number(*request.path_param("version"));
  if (!number) return tl::unexpected(number.error());
  const auto table = sources.tables.find(*request.path_param("id"), *number, request.caller);
  if (!table) return tl::unexpected(table.error());
  service::Download download;
  download.blob = (*table)->version.blob;
  download.file_name = (*table)->version.file_name;
  download.media_type = (*table)->resource.mimetype;
  download.size = (*table)->version.bytes;
  download.modified = (*table)->version.created;
  auto response = send_kept_file(sources.tables.catalog(), download);
  if (response) response->headers.set("Cache-Control", kImmutable);
  return response;
}

core::Result<Response> show_table_openapi(const TableSources& sources, const Request& request) {
  if (auto known = check(request, {}); !known) return tl::unexpected(known.error());
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  return api_v1::json_response(table_openapi(call->table(), call->context()));
}

}  // namespace minato::http::tables
