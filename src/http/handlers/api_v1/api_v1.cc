#include "http/handlers/api_v1/api_v1.h"

#include <array>
#include <string_view>
#include <utility>

#include "formats/api_json.h"
#include "http/handlers/api_v1/cursor.h"
#include "http/handlers/api_v1/dataset_list.h"
#include "http/handlers/api_v1/parameters.h"
#include "http/handlers/api_v1/replies.h"
#include "http/url.h"
#include "service/not_found.h"
#include "service/publish/dataset_writes.h"

namespace minato::http {
namespace {

using api_v1::api_context;
using api_v1::json_response;

core::Result<void> no_parameters(const Request& request) {
  return api_v1::Parameters(request.query_params, {}).check();
}

core::Result<Response> show_index(service::Catalog& catalog, const Request& request) {
  if (auto checked = no_parameters(request); !checked) return tl::unexpected(checked.error());
  const auto& options = catalog.options();
  const std::string base = options.site_url + "/api/v1";
  std::string data;
  formats::JsonWriter json(data);
  json.begin_object();
  json.field("title", options.site_title.in(request.language));
  json.field("description", options.site_description.in(request.language));
  json.key("links").begin_object();
  json.field("datasets", base + "/datasets");
  json.field("organizations", base + "/organizations");
  json.field("harvest_sources", base + "/harvest/sources");
  json.field("harvest_jobs", base + "/harvest/jobs");
  json.field("getOpenApi", base + "/openapi.json");
  json.field("errors", options.site_url + "/docs/errors");
  json.field("ckan", options.site_url + "/api/3/action/package_search");
  json.end_object().end_object();
  return json_response(formats::write_envelope(data, base));
}

// 410 with the reason for one that everybody could see.
core::Result<core::Dataset> find_dataset(service::Catalog& catalog, const Request& request) {
  const std::string& id = *request.path_param("id");
  auto found = catalog.dataset(id, request.caller);
  if (found || found.error().code != core::ErrorCode::kNotFound) return found;
  const auto removed = catalog.removed(id);
  if (!removed) return tl::unexpected(removed.error());
  if (!*removed) return found;
  return service::dataset_deleted((*removed)->dataset, (*removed)->tombstone);
}

core::Result<Response> show_dataset(service::Catalog& catalog, const Request& request) {
  if (auto checked = no_parameters(request); !checked) return tl::unexpected(checked.error());
  const auto dataset = find_dataset(catalog, request);
  if (!dataset) return tl::unexpected(dataset.error());
  const auto provenance = catalog.provenance(*dataset);
  if (!provenance) return tl::unexpected(provenance.error());
  auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const std::string& site_url = catalog.options().site_url;
  std::string data;
  formats::JsonWriter json(data);
  formats::write_api_dataset(json, *dataset, api_context(*directory, site_url, request.language),
                             *provenance);
  Response response = json_response(formats::write_envelope(
      data, site_url + "/api/v1/datasets/" + percent_encode(dataset->name)));
  // For If-Match of those who change it.
  if (!request.caller.is_anonymous()) {
    response.headers.set("ETag", service::DatasetWrites::etag(*dataset));
  }
  return response;
}

core::Result<Response> list_organizations(service::Catalog& catalog, const Request& request) {
  static constexpr std::array<api_v1::ParameterRule, 1> kRules = {{{"q"}}};
  const api_v1::Parameters parameters(request.query_params, kRules);
  if (auto checked = parameters.check(); !checked) return tl::unexpected(checked.error());
  auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const auto found = catalog.groups({core::GroupKind::kOrganization, parameters.value("q"), {}});
  if (!found) return tl::unexpected(found.error());

  const std::string& site_url = catalog.options().site_url;
  const auto context = api_context(*directory, site_url, request.language);
  std::string data;
  formats::JsonWriter json(data);
  json.begin_array();
  for (const core::Group& organization : *found) {
    const std::int64_t count = (*directory)->dataset_count(organization.id);
    formats::write_api_organization(json, organization, count, context);
  }
  json.end_array();
  const auto count = static_cast<std::int64_t>(found->size());
  formats::ListLinks links;
  links.self = api_v1::self_link(request, site_url);
  links.first = links.self;
  return json_response(formats::write_list_envelope(data, {count, count, nullptr}, links));
}

core::Result<Response> show_organization(service::Catalog& catalog, const Request& request) {
  if (auto checked = no_parameters(request); !checked) return tl::unexpected(checked.error());
  const auto organization =
      catalog.group(core::GroupKind::kOrganization, *request.path_param("name"));
  if (!organization) return tl::unexpected(organization.error());
  auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const std::string& site_url = catalog.options().site_url;
  std::string data;
  formats::JsonWriter json(data);
  formats::write_api_organization(json, *organization,
                                  (*directory)->dataset_count(organization->id),
                                  api_context(*directory, site_url, request.language));
  return json_response(formats::write_envelope(
      data, site_url + "/api/v1/organizations/" + percent_encode(organization->name)));
}

core::Result<Response> show_openapi(const std::shared_ptr<const std::string>& document) {
  Response response;
  response.headers.set("Content-Type", "application/json; charset=utf-8");
  response.body = document;
  return response;
}

Route get(std::string pattern, std::string operation, Handler handler) {
  Route route;
  route.method = "GET";
  route.pattern = std::move(pattern);
  route.operation = std::move(operation);
  route.handler = std::move(handler);
  route.produces = {"application/json"};
  route.varies_by_language = true;
  return route;
}

}  // namespace

std::vector<Route> api_v1_routes(service::Catalog& catalog, ApiV1Options options) {
  const auto cursors = std::make_shared<api_v1::CursorCodec>(std::move(options.cursor_secret));
  const auto bound = [&catalog](auto function) {
    return [&catalog, function](const Request& request) { return function(catalog, request); };
  };
  std::vector<Route> routes;
  routes.push_back(get("/api/v1", "getApiIndex", bound(show_index)));
  routes.push_back(
      get("/api/v1/datasets", "listDatasets", [&catalog, cursors](const Request& request) {
        return api_v1::list_datasets(catalog, *cursors, request);
      }));
  routes.back().execution = Execution::kPooled;
  routes.push_back(get("/api/v1/datasets/{id}", "getDataset", bound(show_dataset)));
  routes.push_back(get("/api/v1/organizations", "listOrganizations", bound(list_organizations)));
  routes.push_back(
      get("/api/v1/organizations/{name}", "getOrganization", bound(show_organization)));
  routes.push_back(get("/api/v1/openapi.json", "getOpenApi",
                       [document = std::move(options.openapi_json)](const Request&) {
                         return show_openapi(document);
                       }));
  routes.back().varies_by_language = false;
  return routes;
}

}  // namespace minato::http
