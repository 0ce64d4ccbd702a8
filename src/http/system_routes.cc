#include "http/system_routes.h"

#include <string>
#include <utility>

namespace minato::http {
namespace {

Response text(std::string body) {
  Response response;
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  response.body = std::move(body);
  return response;
}

Route system_row(std::string pattern, std::string operation, Handler handler) {
  Route route;
  route.method = "GET";
  route.pattern = std::move(pattern);
  route.operation = std::move(operation);
  route.handler = std::move(handler);
  route.cache = CacheRule::kNone;
  route.cors = false;
  route.rate_limited = false;
  return route;
}

core::Result<Response> show_metrics(std::string figures) {
  Response response;
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = std::move(figures);
  return response;
}

}  // namespace

std::vector<Route> system_rows(SystemRoutes options) {
  std::vector<Route> rows;
  rows.push_back(system_row(
      "/live", "getLive", [](const Request&) -> core::Result<Response> { return text("live\n"); }));
  rows.push_back(
      system_row("/ready", std::string(kReadyOperation),
                 [ready = std::move(options.ready)](const Request&) -> core::Result<Response> {
                   if (ready) {
                     if (core::Result<void> state = ready(); !state) {
                       state.error().code = core::ErrorCode::kUnavailable;
                       return tl::unexpected(std::move(state.error()));
                     }
                   }
                   return text("ready\n");
                 }));
  if (options.render_metrics) {
    rows.push_back(system_row("/metrics", "getMetrics",
                              [render = std::move(options.render_metrics)](const Request&) {
                                return show_metrics(render());
                              }));
  }
  return rows;
}

}  // namespace minato::http
