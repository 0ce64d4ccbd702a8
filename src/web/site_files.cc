#include "web/site_files.h"

#include <embedded/pieces.h>

#include <utility>

#include "http/conditional.h"

namespace minato::web {
namespace {

std::string stylesheet_hash() {
  std::string hash = http::strong_etag(pieces::file("site.css"));
  std::erase(hash, '"');
  return hash;
}

http::Response text_file(const char* type, std::string_view body) {
  http::Response response;
  response.headers.set("Content-Type", type);
  response.headers.set("ETag", http::strong_etag(body));
  response.body = std::string(body);
  return response;
}

core::Result<http::Response> send_stylesheet(const http::Request& request) {
  static const std::string current = stylesheet_hash();
  if (*request.path_param("hash") != current) {
    return core::fail(core::ErrorCode::kNotFound, "static-file-not-found",
                      {"そのファイルはありません。", "There is no such file."},
                      {"ページを読み込み直してください。", "Reload the page that refers to it."});
  }
  http::Response response = text_file("text/css; charset=utf-8", pieces::file("site.css"));
  response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

core::Result<http::Response> send_robots(const http::Request&) {
  return text_file("text/plain; charset=utf-8", pieces::file("robots.txt"));
}

}  // namespace

const std::string& stylesheet_path() {
  static const std::string path = "/static/" + stylesheet_hash() + "/site.css";
  return path;
}

std::vector<http::Route> site_file_routes() {
  std::vector<http::Route> routes(2);
  routes[0].method = "GET";
  routes[0].pattern = "/static/{hash}/site.css";
  routes[0].operation = "getStylesheet";
  routes[0].handler = send_stylesheet;
  routes[0].errors = http::ErrorFormat::kHtml;
  routes[1].method = "GET";
  routes[1].pattern = "/robots.txt";
  routes[1].operation = "getRobots";
  routes[1].handler = send_robots;
  return routes;
}

}  // namespace minato::web
