// What somebody looks at on the page of a table: which rows, in which order, in which view. One
// state for rows, map, chart, downloads and API snippets; every state is one URL, and its
// conditions are those of /api/v1/tables/{id}/rows (formats/query/row_parameters.h), letter by
// letter.
//
//   view=table|columns|map|chart|download|api|reading   absent: table
//   part=2         further tables of the file           version=1     an older version
//   <conditions>   区分=図書館, 人口__gte=100, where=, q=, bbox=, near=
//   sort= select=  as in the API                        limit= page=  of the rows shown
//   chart= x= y= order= top=                           of the chart
//
// A column that has one of these names is asked for by its alias ("c3"), as in the API.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/table.h"
#include "formats/query/row_parameters.h"
#include "http/message.h"

namespace minato::web {

// A value: the functions that change something give a changed copy.
class TableState {
 public:
  // Marks that mail and advertising systems add, and parameters of the API that have no meaning on
  // a page are left out; any other unknown name is a condition (on a column that there is not).
  static TableState read(const http::Params& params, const core::TableSchema& schema);

  // Parameters that narrow the rows down, as they were given.
  [[nodiscard]] const http::Params& conditions() const { return conditions_; }
  // One of the page's own parameters; empty when it is absent.
  [[nodiscard]] std::string value(std::string_view name) const;
  [[nodiscard]] std::string view() const;        // "table" when it is absent or unknown
  [[nodiscard]] std::int64_t page() const;       // from 1; 1 when it is absent or no number
  [[nodiscard]] std::int64_t page_size() const;  // one of page_sizes()
  static std::span<const std::int64_t> page_sizes();

  // The page's own parameter set; an empty value takes it away. All but "page" and "view" lead back
  // to the first page.
  [[nodiscard]] TableState with(std::string_view name, std::string value) const;
  [[nodiscard]] TableState with_condition(std::string name, std::string value) const;
  [[nodiscard]] TableState without_condition(std::size_t place) const;
  [[nodiscard]] TableState without_conditions() const;

  // Everything, in one order for the same state: for links and hidden fields.
  [[nodiscard]] http::Params parameters() const;
  // The same as "?view=map&...", encoded; empty when there is nothing to say.
  [[nodiscard]] std::string query() const;
  // For /api/v1/tables/{id}/aggregate and /facets: conditions and version.
  [[nodiscard]] http::Params filter_parameters() const;
  // For /rows and /export: also sort and select.
  [[nodiscard]] http::Params rows_parameters() const;

  // What a part that did not parse was, and the state without it.
  struct Fault;
  // The question to the table: filter, place, order, columns; not the page.
  [[nodiscard]] core::Result<formats::RowsRequest> question(const core::TableSchema& schema) const;
  // Every part that makes question() fail.
  [[nodiscard]] std::vector<Fault> faults(const core::TableSchema& schema) const;

 private:
  http::Params conditions_;
  http::Params own_;  // in the order of the list of names; no empty values
};

struct TableState::Fault {
  std::string name;  // of the parameter
  std::string value;
  core::Error error;
  TableState without;
};

// Whether the page reads this parameter itself, so that no column can be asked for by that name.
bool is_page_parameter(std::string_view name);

// How a parameter of a page or the API names the column (`name`, or "c3" when that is not free);
// the same as an item of select= or sort=.
std::string column_parameter(const core::TableSchema& schema, std::size_t column);
std::string column_item(const core::TableSchema& schema, std::size_t column);

}  // namespace minato::web
