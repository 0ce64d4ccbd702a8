#include "http/handlers/ckan/util_routes.h"

#include <string>
#include <utility>

#include "formats/json.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/envelope.h"

namespace minato::http::ckan {
namespace {

using formats::JsonWriter;

// One address: the action that answers it, with the arguments it needs under the names it knows.
struct Address {
  std::string path;  // behind /api/2/util
  std::string operation;
  std::string typed;       // the query parameter with what has been typed
  std::string action;      // empty: nothing is ever found
  std::string argument;    // the action's name for it
  std::string label;       // wraps each text of the result: {"Name": "..."}
  bool result_set = true;  // {"ResultSet": {"Result": [...]}} or the bare list
};

const std::vector<Address>& addresses() {
  static const std::vector<Address> table = {
      {"/dataset/autocomplete", "Datasets", "incomplete", "package_autocomplete", "q", "", true},
      {"/tag/autocomplete", "Tags", "incomplete", "tag_autocomplete", "query", "Name", true},
      {"/resource/format_autocomplete", "Formats", "incomplete", "format_autocomplete", "q",
       "Format", true},
      {"/user/autocomplete", "Users", "q", "", "", "", false},
      {"/group/autocomplete", "Groups", "q", "group_autocomplete", "q", "", false},
      {"/organization/autocomplete", "Organizations", "q", "organization_autocomplete", "q", "",
       false},
  };
  return table;
}

// The action's result: a JSON list.
Checked<std::string> suggestions(const Sources& sources, const Address& address,
                                 const Request& request) {
  const std::string* typed = request.query_param(address.typed);
  if (typed == nullptr || typed->empty() || address.action.empty()) return std::string("[]");
  Params params = {{address.argument, *typed}};
  if (const std::string* limit = request.query_param("limit")) params.emplace_back("limit", *limit);
  const Arguments arguments = Arguments::from_params(params);
  std::string list;
  JsonWriter json(list);
  ActionCall call{sources.catalog, sources.tables, sources.harvest, sources.rendered, arguments,
                  request.caller, sources.accounts};
  if (auto done = find_read_action(address.action)->run(call, json); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return list;
}

// ["a"] as [{"Name": "a"}]
core::Result<std::string> labelled(const std::string& list, const std::string& label) {
  if (label.empty()) return list;
  const auto texts = formats::parse_json(list);
  if (!texts) return tl::unexpected(texts.error());
  std::string objects;
  JsonWriter json(objects);
  json.begin_array();
  for (const auto& text : texts->GetArray()) {
    json.begin_object().field(label, formats::text_of(text)).end_object();
  }
  json.end_array();
  return objects;
}

core::Result<Response> answer(const Sources& sources, const Address& address,
                              const Request& request) {
  const auto list = suggestions(sources, address, request);
  if (!list)
    return answer_failure(list.error(), sources.catalog.options().site_url, address.action);
  auto result = labelled(*list, address.label);
  if (!result) return tl::unexpected(std::move(result).error());
  if (!address.result_set) return json_reply(std::move(*result));
  return json_reply("{\"ResultSet\":{\"Result\":" + *result + "}}");
}

}  // namespace

std::vector<Route> util_routes(const Sources& sources,
                               const std::shared_ptr<RenderedDatasets>& rendered) {
  std::vector<Route> rows;
  for (const std::string version : {"1", "2"}) {
    for (const Address& address : addresses()) {
      Route route;
      route.method = "GET";
      route.pattern = "/api/" + version + "/util" + address.path;
      route.operation = "suggestCkan" + address.operation + "V" + version;
      route.handler = [sources, rendered, &address](const Request& request) {
        return answer(sources, address, request);
      };
      route.errors = ErrorFormat::kCkan;
      route.execution = Execution::kPooled;
      rows.push_back(std::move(route));
    }
  }
  return rows;
}

}  // namespace minato::http::ckan
