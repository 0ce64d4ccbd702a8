#include "http/handlers/ckan/ckan_routes.h"

#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/datastore_dump.h"
#include "http/handlers/ckan/envelope.h"
#include "http/handlers/ckan/request_arguments.h"
#include "http/handlers/ckan/util_routes.h"

namespace minato::http {
namespace {

using ckan::ActionCall;
using ckan::Sources;
using service::Catalog;

// Some thousand datasets.
constexpr std::size_t kRenderedBytes = std::size_t{16} << 20U;

core::Result<Response> answer_read(const Sources& sources, const ckan::Action& action,
                                   const ckan::Arguments& arguments) {
  const std::string& site = sources.catalog.options().site_url;
  std::string body = ckan::begin_success(site, action.name);
  formats::JsonWriter json(body);
  ActionCall call{sources.catalog, sources.tables, sources.harvest, sources.rendered, arguments};
  const auto done = action.run(call, json);
  if (!done) return ckan::answer_failure(done.error(), site, action.name);
  body += '}';
  Response response = ckan::json_reply(std::move(body));
  if (call.depends_on_time) response.headers.set("Cache-Control", "no-store");
  return response;
}

core::Result<Response> answer_action(const Sources& sources, const Request& request,
                                     std::string_view name) {
  const std::string& site = sources.catalog.options().site_url;
  const ckan::Action* action = ckan::find_read_action(name);
  if (action == nullptr && !ckan::is_write_action(name)) {
    return ckan::answer_failure(ckan::BadRequest{"Action name not known: " + ckan::shortened(name)},
                                site, name);
  }
  const auto arguments = ckan::read_arguments(request, action != nullptr);
  if (!arguments) return ckan::answer_failure(arguments.error(), site, name);
  if (action != nullptr) return answer_read(sources, *action, *arguments);
  const auto denied = ckan::access_denied(ckan::requires_user(name));
  return ckan::answer_failure(denied.value(), site, name);
}

core::Result<Response> action_handler(const Sources& sources, const Request& request) {
  const std::string* name = request.path_param("action");
  const std::string* callback =
      request.method == "POST" ? nullptr : request.query_param("callback");
  if (callback != nullptr && !ckan::is_callback(*callback)) {
    return ckan::answer_failure(
        ckan::BadRequest{"callback must be 1 to 100 of the characters A-Z a-z 0-9 _ . $"},
        sources.catalog.options().site_url, *name);
  }
  auto answer = answer_action(sources, request, *name);
  if (!answer || callback == nullptr || answer->status != 200) return answer;
  Response script = ckan::jsonp_reply(*callback, std::get<std::string>(answer->body));
  if (const auto* caching = answer->headers.find("Cache-Control")) {
    script.headers.set("Cache-Control", *caching);
  }
  return script;
}

Route row(std::string method, std::string pattern, std::string operation, Handler handler) {
  Route route;
  route.method = std::move(method);
  route.pattern = std::move(pattern);
  route.operation = std::move(operation);
  route.handler = std::move(handler);
  route.errors = ErrorFormat::kCkan;
  return route;
}

// Any action may read a lot (searches, lists), so all run on the worker pool; what is asked again
// and again by GET comes from the response cache without getting here.
void add_action_rows(std::vector<Route>& rows, const Handler& handler, const std::string& prefix,
                     const std::string& operation_suffix) {
  Route get = row("GET", prefix + "/{action}", "getCkanAction" + operation_suffix, handler);
  get.execution = Execution::kPooled;
  Route post = row("POST", prefix + "/{action}", "postCkanAction" + operation_suffix, handler);
  post.execution = Execution::kPooled;
  post.cache = CacheRule::kNone;
  post.max_body_bytes = ckan::kMaxActionBody;
  rows.push_back(std::move(get));
  rows.push_back(std::move(post));
}

void add_version_rows(std::vector<Route>& rows) {
  const std::pair<std::string, int> versions[] = {
      {"/api", 1}, {"/api/1", 1}, {"/api/2", 2}, {"/api/3", 3}};
  for (const auto& [path, version] : versions) {
    const Handler handler = [number = version](const Request&) -> core::Result<Response> {
      return ckan::json_reply("{\"version\": " + std::to_string(number) + "}");
    };
    const std::string operation =
        "getCkanVersion" + (path == "/api" ? std::string() : std::to_string(version));
    rows.push_back(row("GET", path, operation, handler));
    rows.push_back(row("GET", path + "/", operation + "Slash", handler));
  }
}

}  // namespace

std::vector<Route> ckan_routes(CkanDependencies dependencies) {
  Catalog& catalog = *dependencies.catalog;
  service::Tables& tables = *dependencies.tables;
  service::HarvestStatus& harvest = *dependencies.harvest;
  std::vector<Route> rows;
  add_version_rows(rows);
  const auto rendered = std::make_shared<ckan::RenderedDatasets>(kRenderedBytes);
  const Sources sources{catalog, tables, harvest, *rendered};
  const Handler handler = [sources, rendered](const Request& request) {
    return action_handler(sources, request);
  };
  add_action_rows(rows, handler, "/api/3/action", "");
  add_action_rows(rows, handler, "/api/action", "Unversioned");
  for (auto& some : {ckan::util_routes(sources, rendered), ckan::datastore_dump_routes(tables)}) {
    rows.insert(rows.end(), some.begin(), some.end());
  }
  return rows;
}

}  // namespace minato::http
