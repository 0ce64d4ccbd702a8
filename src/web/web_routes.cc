#include "web/web_routes.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "web/catalogue/catalogue_pages.h"
#include "web/catalogue/crawler_routes.h"
#include "web/frame/assets.h"
#include "web/frame/page.h"
#include "web/frame/templates.h"
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

// Pages that may change without a revision of the catalogue: how harvesting goes is no part of it,
// and figures of groups follow it some moments later (site/group_facts.h).
bool changes_by_itself(const PageRow& row) {
  static constexpr std::array<std::string_view, 4> kOperations = {"showHarvest", "showOrganization",
                                                                  "showGroup", "showAbout"};
  return std::any_of(kOperations.begin(), kOperations.end(), [&row](std::string_view operation) {
    return std::string_view(row.operation).starts_with(operation);
  });
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
  if (changes_by_itself(row)) route.cache = http::CacheRule::kNone;
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

// The start page has figures of groups too, but it is the page most people see: it is kept whenever
// those figures are the catalogue's.
http::Handler kept_when_current(http::Handler make, std::shared_ptr<GroupFactsCache> facts,
                                service::Catalog& catalog) {
  return [make = std::move(make), facts = std::move(facts),
          &catalog](const http::Request& request) -> core::Result<http::Response> {
    // Where they follow the catalogue they may catch up while the page is made of the older ones.
    const bool settled = facts->is_current(catalog) || !facts->follows();
    auto response = make(request);
    if (response && !(settled && facts->is_current(catalog))) {
      response->headers.set("Cache-Control", "no-store");
    }
    return response;
  };
}

}  // namespace

std::vector<http::Route> web_routes(const WebSources& sources) {
  load_templates();
  std::vector<http::Route> routes = asset_routes();
  const auto facts = std::make_shared<GroupFactsCache>();
  for (const auto& rows : {catalogue_pages(facts), table_pages(), site_pages(facts)}) {
    for (const PageRow& row : rows) {
      for (const auto language : {core::Language::kJa, core::Language::kEn}) {
        http::Route route = page_route(sources, row, language);
        if (std::string_view(row.operation) == "showHome") {
          route.handler = kept_when_current(std::move(route.handler), facts, sources.catalog);
        }
        routes.push_back(std::move(route));
      }
    }
  }
  std::vector<http::Route> crawlers = crawler_routes(sources);
  std::move(crawlers.begin(), crawlers.end(), std::back_inserter(routes));
  std::vector<http::Route> manage = manage_routes(sources);
  std::move(manage.begin(), manage.end(), std::back_inserter(routes));
  return routes;
}

}  // namespace minato::web
