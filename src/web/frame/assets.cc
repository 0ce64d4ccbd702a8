#include "web/frame/assets.h"

#include <embedded/statics.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "http/conditional.h"

namespace minato::web {
namespace {

// Of all contents together: one changed file gives all of them new addresses, and relative names
// in scripts and style sheets always mean the edition they were made for.
const std::string& edition() {
  static const std::string hash = [] {
    std::string all;
    for (const auto& file : statics::files()) {
      all.append(file.name).append(1, '\0').append(file.bytes).append(1, '\0');
    }
    std::string tag = http::strong_etag(all);
    std::erase(tag, '"');
    return tag;
  }();
  return hash;
}

std::string media_type(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 4> kTypes = {
      {{".css", "text/css; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".svg", "image/svg+xml"},
       {".png", "image/png"}}};
  for (const auto& [end, type] : kTypes) {
    if (name.ends_with(end)) return type;
  }
  throw std::logic_error("static file of an unknown kind: " + std::string(name));
}

core::Result<http::Response> send_asset(const http::Request& request) {
  const std::string& name = *request.path_param("name");
  const std::string_view bytes = statics::file(name);
  if (*request.path_param("hash") != edition() || bytes.empty()) {
    return core::fail(core::ErrorCode::kNotFound, "static-file-not-found",
                      {"そのファイルはありません。", "There is no such file."},
                      {"ページを読み込み直してください。", "Reload the page that refers to it."});
  }
  http::Response response;
  response.headers.set("Content-Type", media_type(name));
  response.headers.set("ETag", http::strong_etag(bytes));
  response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.set("X-Content-Type-Options", "nosniff");
  // A picture that is opened by itself may do no more than be seen.
  response.headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  response.body = std::string(bytes);
  return response;
}

}  // namespace

std::string asset_path(std::string_view name) {
  if (statics::file(name).empty()) throw std::logic_error("no static file " + std::string(name));
  return "/static/" + edition() + "/" + std::string(name);
}

std::vector<http::Route> asset_routes() {
  std::vector<http::Route> routes(1);
  routes[0].method = "GET";
  routes[0].pattern = "/static/{hash}/{name}";
  routes[0].operation = "getAsset";
  routes[0].handler = send_asset;
  routes[0].errors = http::ErrorFormat::kHtml;
  return routes;
}

}  // namespace minato::web
