#include "web/web_routes.h"

#include <embedded/pieces.h>

#include <string>
#include <utility>

#include "http/error_encoder.h"
#include "http/url.h"
#include "web/error_catalogue.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/search_page.h"
#include "web/site_files.h"

namespace minato::web {
namespace {

struct PageRow {
  const char* pattern;
  const char* operation;
  PageMaker make;
};

core::Result<Page> errors_page(const Visit& visit) {
  Page page;
  page.content = "errors";
  page.path = "/docs/errors";
  page.title = visit.texts["errors"];
  View entries = list();
  for (const DocumentedError& error : parse_error_catalogue(pieces::file("errors.md"))) {
    View entry = object();
    put(entry, "id", error.id);
    put(entry, "status", error.status);
    put(entry, "meaning", error.meaning.in(visit.language));
    put(entry, "cure", error.cure.in(visit.language));
    entries.push_back(entry);
  }
  put(page.view, "entries", entries);
  return page;
}

PageMaker list_of(core::GroupKind kind) {
  return [kind](const Visit& visit) { return group_list_page(visit, kind); };
}

PageMaker one_of(core::GroupKind kind) {
  return [kind](const Visit& visit) { return group_page(visit, kind); };
}

std::vector<PageRow> page_rows() {
  using core::GroupKind;
  return {
      {"/", "showHome", home_page},
      {"/dataset", "showDatasets", search_page},
      {"/dataset/{id}", "showDataset", dataset_page},
      {"/dataset/{id}/resource/{rid}", "showResource", resource_page},
      {"/dataset/{id}/dictionary/{rid}", "showDictionary", resource_page},
      {"/organization", "showOrganizations", list_of(GroupKind::kOrganization)},
      {"/organization/{id}", "showOrganization", one_of(GroupKind::kOrganization)},
      {"/group", "showGroups", list_of(GroupKind::kGroup)},
      {"/group/{id}", "showGroup", one_of(GroupKind::kGroup)},
      {"/about", "showAbout", about_page},
      {"/docs/errors", "showErrors", errors_page},
  };
}

// Errors are written here, not by the dispatcher, because the address decides the language.
http::Response error_page(const core::Error& error, const Visit& visit) {
  http::ErrorContext context;
  context.format = http::ErrorFormat::kHtml;
  context.language = visit.language;
  context.site_url = visit.catalog.options().site_url;
  context.request_id = visit.request.id;
  return http::encode_error(error, context);
}

http::Route page_route(service::Catalog& catalog, const PageRow& row, core::Language language) {
  http::Route route;
  route.method = "GET";
  const std::string pattern = row.pattern;
  const bool japanese = language == core::Language::kJa;
  route.pattern = japanese ? pattern : "/en" + (pattern == "/" ? "" : pattern);
  route.operation = std::string(row.operation) + (japanese ? "" : "InEnglish");
  route.errors = http::ErrorFormat::kHtml;
  route.cors = false;
  route.execution = http::Execution::kPooled;
  route.handler = [&catalog, language,
                   make = row.make](const http::Request& request) -> core::Result<http::Response> {
    const Visit visit{catalog, request, language, Texts::in(language)};
    const auto page = make(visit);
    // What is our own fault has to reach the log with its details, so the dispatcher writes it.
    if (!page && page.error().code == core::ErrorCode::kInternal) {
      return tl::unexpected(page.error());
    }
    return page ? render(*page, visit) : error_page(page.error(), visit);
  };
  return route;
}

// CKAN writes the addresses of its lists with a slash behind, and so do the links to them.
http::Route slash_route(const char* path, const char* operation) {
  http::Route route;
  route.method = "GET";
  route.pattern = std::string(path) + "/";
  route.operation = operation;
  route.errors = http::ErrorFormat::kHtml;
  route.cors = false;
  route.handler = [path = std::string(path)](const http::Request& request) {
    http::Response response;
    response.status = 301;
    const std::string query = http::build_query(request.query_params);
    response.headers.set("Location", path + (query.empty() ? "" : "?" + query));
    return core::Result<http::Response>(std::move(response));
  };
  return route;
}

}  // namespace

std::vector<http::Route> web_routes(service::Catalog& catalog) {
  std::vector<http::Route> routes = site_file_routes();
  for (const PageRow& row : page_rows()) {
    routes.push_back(page_route(catalog, row, core::Language::kJa));
    routes.push_back(page_route(catalog, row, core::Language::kEn));
  }
  routes.push_back(slash_route("/dataset", "redirectToDatasets"));
  routes.push_back(slash_route("/organization", "redirectToOrganizations"));
  routes.push_back(slash_route("/group", "redirectToGroups"));
  routes.push_back(slash_route("/en", "redirectToEnglishHome"));
  return routes;
}

}  // namespace minato::web
