// What the forms of a table's page ask for: they send fields of their own, and are answered with
// the address of the state they lead to, so that every state is one URL.
//
//   f_column=c3 f_op=gte f_value=100    one more condition
//   f_select=c1 f_select=c4             the columns shown
#pragma once

#include <optional>
#include <string>

#include "core/table.h"
#include "http/message.h"
#include "web/table/table_state.h"

namespace minato::web {

// What was filled into the fields of the form that adds a condition.
struct FilledCondition {
  std::string column;  // alias
  std::string op = "eq";
  std::string value;
  std::string wrong = {};  // id of the field that must be mended: "f-value"
};

struct FormTarget {
  TableState state;
  // Not empty: the key of the text that says what is missing; the state is as before.
  std::string missing;
  FilledCondition filled;
};

// nullopt: no form was sent.
std::optional<FormTarget> form_target(const http::Params& params, const TableState& state,
                                      const core::TableSchema& schema);

}  // namespace minato::web
