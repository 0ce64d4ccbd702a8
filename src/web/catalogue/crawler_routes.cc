#include "web/catalogue/crawler_routes.h"

#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "http/error_encoder.h"
#include "web/catalogue/catalogue_pages.h"
#include "web/catalogue/sitemap.h"
#include "web/site/site_pages.h"
#include "web/table/table_pages.h"

namespace minato::web {
namespace {

// With two languages and their alternates about 10 MB; a file is made in memory.
constexpr std::size_t kUrlsOfSitemap = 20'000;

// The staff corner is nothing for search engines; everything else is welcome, the API included.
constexpr std::string_view kRobots =
    "# このサイトのページ、API、フィード、ファイルは、プログラムによる取得を歓迎します。\n"
    "# Programs are welcome to every page, API, feed and file of this site.\n"
    "User-agent: *\n"
    "Disallow: /manage\n"
    "Disallow: /en/manage\n"
    "Allow: /\n"
    "Allow: /api/\n"
    "Allow: /feeds/\n"
    "\n"
    "Sitemap: ";

// Pages that are there whatever the catalogue holds: rows without a parameter.
std::vector<std::string> fixed_pages() {
  std::vector<std::string> paths;
  const auto unused = std::make_shared<GroupFactsCache>();
  for (const auto& rows : {catalogue_pages(unused), table_pages(), site_pages(unused)}) {
    for (const PageRow& row : rows) {
      const std::string pattern = row.pattern;
      if (pattern.find('{') == std::string::npos) paths.push_back(pattern);
    }
  }
  return paths;
}

http::Route text_route(std::string pattern, std::string operation, http::Handler handler) {
  http::Route route;
  route.method = "GET";
  route.pattern = std::move(pattern);
  route.operation = std::move(operation);
  route.errors = http::ErrorFormat::kHtml;
  route.execution = http::Execution::kPooled;
  route.handler = std::move(handler);
  return route;
}

core::Result<http::Response> reply(const char* type, core::Result<std::string> text) {
  if (!text) return tl::unexpected(std::move(text).error());
  http::Response response;
  response.headers.set("Content-Type", type);
  response.body = *std::move(text);
  return response;
}

// "12"; 0 for everything else, which no file has.
std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_plain =
      fault == std::errc{} && end == text.data() + text.size() && !text.starts_with('0');
  return is_plain ? number : 0;
}

}  // namespace

std::vector<http::Route> crawler_routes(const WebSources& sources) {
  constexpr const char* kXml = "application/xml; charset=utf-8";
  const auto sitemap = std::make_shared<Sitemap>(sources.catalog, fixed_pages(), kUrlsOfSitemap);
  std::vector<http::Route> routes;
  routes.push_back(
      text_route("/robots.txt", "getRobots", [&catalog = sources.catalog](const http::Request&) {
        return reply("text/plain; charset=utf-8",
                     std::string(kRobots) + catalog.options().site_url + "/sitemap.xml\n");
      }));
  routes.push_back(text_route("/sitemap.xml", "getSitemap", [sitemap](const http::Request&) {
    return reply(kXml, sitemap->whole());
  }));
  routes.push_back(text_route(
      "/sitemap-{number}.xml", "getSitemapFile", [sitemap](const http::Request& request) {
        return reply(kXml, sitemap->file(number_of(*request.path_param("number"))));
      }));
  return routes;
}

}  // namespace minato::web
