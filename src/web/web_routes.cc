#include "web/web_routes.h"

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "http/url.h"
#include "web/catalogue/catalogue_pages.h"
#include "web/catalogue/crawler_routes.h"
#include "web/frame/assets.h"
#include "web/frame/page.h"
#include "web/manage/manage_routes.h"
#include "web/site/site_pages.h"
#include "web/table/table_pages.h"

namespace minato::web {
namespace {

// Errors are written here, not by the dispatcher, because the address decides the language.
http::Response error_reply(const core::Error& error, const Visit& visit) {
  http::ErrorContext context;
  context.format = http::ErrorFormat::kHtml;
  context.language = visit.language;
  context.site_url = visit.catalog.options().site_url;
  context.request_id = visit.request.id;
  return error_page(error, context, visit.request.path, visit.sources);
}

// How harvesting goes is no part of the catalogue: no revision of it tells when these pages change.
bool shows_harvesting(const PageRow& row) {
  const std::string_view operation = row.operation;
  return operation.starts_with("showHarvest") || operation.starts_with("showOrganization");
}

http::Route page_route(const WebSources& sources, const PageRow& row, core::Language language) {
  http::Route route;
  route.method = "GET";
  const std::string pattern = row.pattern;
  const bool japanese = language == core::Language::kJa;
  route.pattern = japanese ? pattern : "/en" + (pattern == "/" ? "" : pattern);
  route.operation = std::string(row.operation) + (japanese ? "" : "InEnglish");
  route.errors = http::ErrorFormat::kHtml;
  route.cors = false;
  route.execution = http::Execution::kPooled;
  if (shows_harvesting(row)) route.cache = http::CacheRule::kNone;
  route.handler = [sources, language,
                   make = row.make](const http::Request& request) -> core::Result<http::Response> {
    const Visit visit{sources, sources.catalog, request, language, Texts::in(language)};
    const auto page = make(visit);
    // What is our own fault has to reach the log with its details, so the dispatcher writes it.
    if (!page && page.error().code == core::ErrorCode::kInternal) {
      return tl::unexpected(page.error());
    }
    return page ? render(*page, visit) : error_reply(page.error(), visit);
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

std::vector<http::Route> web_routes(const WebSources& sources) {
  std::vector<http::Route> routes = asset_routes();
  for (const auto& rows : {catalogue_pages(), table_pages(), site_pages()}) {
    for (const PageRow& row : rows) {
      routes.push_back(page_route(sources, row, core::Language::kJa));
      routes.push_back(page_route(sources, row, core::Language::kEn));
    }
  }
  std::vector<http::Route> crawlers = crawler_routes(sources);
  std::move(crawlers.begin(), crawlers.end(), std::back_inserter(routes));
  std::vector<http::Route> manage = manage_routes(sources);
  std::move(manage.begin(), manage.end(), std::back_inserter(routes));
  routes.push_back(slash_route("/dataset", "redirectToDatasets"));
  routes.push_back(slash_route("/organization", "redirectToOrganizations"));
  routes.push_back(slash_route("/group", "redirectToGroups"));
  routes.push_back(slash_route("/en", "redirectToEnglishHome"));
  return routes;
}

}  // namespace minato::web
