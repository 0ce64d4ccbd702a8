// What a view of a table (rows, columns, map, chart, ...) is made from, and what it gives back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/query/row_parameters.h"
#include "http/message.h"
#include "http/url.h"
#include "service/tables.h"
#include "web/frame/page.h"
#include "web/table/table_state.h"

namespace minato::web {

struct TableVisit {
  const Visit& visit;
  const service::FoundTable& table;
  const TableState& state;
  const formats::RowsRequest& question;  // of the state, parsed: filter, near, sort, columns
  std::string path;                      // of the page, without the language's prefix

  [[nodiscard]] const core::TableSchema& schema() const { return *table.schema; }
  [[nodiscard]] const Texts& texts() const { return visit.texts; }
  // This page in another state: link(state.with("view", "map")).
  [[nodiscard]] std::string link(const TableState& other) const {
    return visit.link(path) + other.query();
  }
  // "/api/v1/tables/{id}/aggregate?..."; `door` as in "aggregate", "export.csv", "" for the table.
  [[nodiscard]] std::string api(std::string_view door, const http::Params& params = {}) const;
  // The same for links of this page.
  [[nodiscard]] std::string data(std::string_view door, const http::Params& params = {}) const {
    return visit.data_link(api(door, params));
  }
};

// A view's part of the page. Its template is named below resource.mustache; the frame puts the view
// under a key of its own, so its template sees these keys and {{prefix}}.
struct ViewPart {
  View view = object();
  std::vector<std::string> styles = {};  // further files in static/
  std::vector<std::string> scripts = {};
  std::string image_origin = {};  // Page::image_origin
};

// <input type="hidden"> for GET forms (template table_hidden): a list under `key` with name and
// value of every parameter of `state` but those of `without`, which are the form's own fields.
void put_hidden_fields(View& view, const std::string& key, const TableState& state,
                       std::initializer_list<std::string_view> without);

}  // namespace minato::web
