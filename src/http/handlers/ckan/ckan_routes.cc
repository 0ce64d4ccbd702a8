#include "http/handlers/ckan/ckan_routes.h"

#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/datastore_dump.h"
#include "http/handlers/ckan/envelope.h"
#include "http/handlers/ckan/request_arguments.h"
#include "http/handlers/ckan/util_routes.h"
#include "http/handlers/ckan/writes/answer_write.h"

namespace minato::http {
namespace {

using ckan::ActionCall;
using ckan::Sources;
using service::Catalog;

struct Doors {
  Sources reads;
  std::optional<ckan::WriteSources> writes;
};

// Some thousand datasets.
constexpr std::size_t kRenderedBytes = std::size_t{16} << 20U;

core::Result<Response> answer_read(const Sources& sources, const ckan::Action& action,
                                   const ckan::Arguments& arguments, const core::Caller& caller) {
  const std::string& site = sources.catalog.options().site_url;
  std::string body = ckan::begin_success(site, action.name);
  formats::JsonWriter json(body);
  ActionCall call{sources.catalog, sources.tables, sources.harvest, sources.rendered,
                  arguments,       caller,         sources.accounts};
  const auto done = action.run(call, json);
  if (!done) return ckan::answer_failure(done.error(), site, action.name);
  body += '}';
  Response response = ckan::json_reply(std::move(body));
  if (call.depends_on_time) response.headers.set("Cache-Control", "no-store");
  return response;
}

core::Result<Response> unknown_action(std::string_view site, std::string_view name) {
  return ckan::answer_failure(ckan::BadRequest{"Action name not known: " + ckan::shortened(name)},
                              site, name);
}

// Harvest sources are set up in the settings, not through the API. Scripts written for CKAN get the
// answers they would get there from a user who may not, and from a site that can't.
core::Result<Response> answer_harvest_write(const Request& request, std::string_view site,
                                            std::string_view name) {
  if (request.caller.sysadmin) return unknown_action(site, name);
  const auto input = ckan::read_input(request, false);
  if (!input) return ckan::answer_failure(input.error(), site, name);
  const auto denied = ckan::access_denied(ckan::requires_user(name));
  return ckan::answer_failure(denied.value(), site, name);
}

core::Result<Response> answer_action(const Doors& doors, const Request& request,
                                     std::string_view name, const core::Caller& caller) {
  const std::string& site = doors.reads.catalog.options().site_url;
  if (const ckan::WriteAction* action = ckan::find_write_action(name)) {
    return ckan::answer_write({site, doors.writes ? &*doors.writes : nullptr}, *action, request);
  }
  if (ckan::is_harvest_write(name)) return answer_harvest_write(request, site, name);
  const ckan::Action* action = ckan::find_read_action(name);
  if (action == nullptr) return unknown_action(site, name);
  const auto input = ckan::read_input(request, true);
  if (!input) return ckan::answer_failure(input.error(), site, name);
  return answer_read(doors.reads, *action, input->arguments, caller);
}

core::Result<Response> action_handler(const Doors& doors, const Request& request) {
  const std::string* name = request.path_param("action");
  const std::string* callback =
      request.method == "POST" ? nullptr : request.query_param("callback");
  if (callback == nullptr) return answer_action(doors, request, *name, request.caller);
  if (!ckan::is_callback(*callback)) {
    return ckan::answer_failure(
        ckan::BadRequest{"callback must be 1 to 100 of the characters A-Z a-z 0-9 _ . $"},
        doors.reads.catalog.options().site_url, *name);
  }
  // A script of any page may ask this way: it sees what everybody sees.
  auto answer = answer_action(doors, request, *name, core::Caller{});
  if (!answer || answer->status != 200) return answer;
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
void add_action_rows(std::vector<Route>& rows, const Handler& handler, std::uint64_t max_body,
                     const std::string& prefix) {
  const std::string operation_suffix = prefix == "/api/action" ? "Unversioned" : "";
  Route get = row("GET", prefix + "/{action}", "getCkanAction" + operation_suffix, handler);
  get.execution = Execution::kPooled;
  Route post = row("POST", prefix + "/{action}", "postCkanAction" + operation_suffix, handler);
  post.execution_of = [](const Request& request) {
    const bool writes = ckan::find_write_action(*request.path_param("action")) != nullptr;
    return writes ? Execution::kWriting : Execution::kPooled;
  };
  post.cache = CacheRule::kNone;
  post.max_body_bytes = max_body;
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

// Empty when one is missing: then every write is refused.
std::optional<ckan::WriteSources> write_sources(const CkanDependencies& from) {
  if (from.accounts == nullptr || from.datasets == nullptr || from.groups == nullptr ||
      from.uploads == nullptr || from.imports == nullptr || from.rows == nullptr) {
    return std::nullopt;
  }
  return ckan::WriteSources{*from.catalog,  *from.tables, *from.accounts,
                            *from.datasets, *from.groups, *from.uploads,
                            *from.imports,  *from.rows,   from.limits};
}

// A file and the other parts of a multipart body.
std::uint64_t largest_body(const std::optional<ckan::WriteSources>& writes) {
  if (!writes) return ckan::kMaxActionBody;
  return ckan::kMaxActionBody + static_cast<std::uint64_t>(writes->uploads.options().max_bytes);
}

}  // namespace

std::vector<Route> ckan_routes(CkanDependencies dependencies) {
  Catalog& catalog = *dependencies.catalog;
  service::Tables& tables = *dependencies.tables;
  service::HarvestStatus& harvest = *dependencies.harvest;
  std::vector<Route> rows;
  add_version_rows(rows);
  const auto rendered = std::make_shared<ckan::RenderedDatasets>(kRenderedBytes);
  const Sources sources{catalog, tables, harvest, *rendered, dependencies.accounts};
  const Doors doors{sources, write_sources(dependencies)};
  const Handler handler = [doors, rendered](const Request& request) {
    return action_handler(doors, request);
  };
  for (const char* prefix : {"/api/3/action", "/api/action"}) {
    add_action_rows(rows, handler, largest_body(doors.writes), prefix);
  }
  for (auto& some : {ckan::util_routes(sources, rendered), ckan::datastore_dump_routes(tables)}) {
    rows.insert(rows.end(), some.begin(), some.end());
  }
  return rows;
}

}  // namespace minato::http
