#include "web/table/table_visit.h"

#include <algorithm>
#include <utility>

namespace minato::web {

std::string TableVisit::api(std::string_view door, const http::Params& params) const {
  std::string url = "/api/v1/tables/" + http::percent_encode(table.version.table_id);
  if (!door.empty()) url += "/" + std::string(door);
  const std::string query = http::build_query(params);
  return query.empty() ? url : url + "?" + query;
}

void put_hidden_fields(View& view, const std::string& key, const TableState& state,
                       std::initializer_list<std::string_view> without) {
  View fields = list();
  for (const auto& [name, value] : state.parameters()) {
    if (std::find(without.begin(), without.end(), name) != without.end()) continue;
    View field = object();
    put(field, "name", name);
    // An empty value is a condition too ("the cell is empty").
    field.set("value", View(value));
    fields.push_back(std::move(field));
  }
  put(view, key, std::move(fields));
}

}  // namespace minato::web
