#include "web/table/form_target.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "web/table/conditions.h"
#include "web/table/written_value.h"

namespace minato::web {
namespace {

std::string first_of(const http::Params& params, std::string_view name) {
  for (const auto& [key, value] : params) {
    if (key == name) return value;
  }
  return "";
}

bool has(const http::Params& params, std::string_view name) {
  return std::any_of(params.begin(), params.end(),
                     [name](const auto& param) { return param.first == name; });
}

const FormOperator* operator_named(std::string_view name) {
  for (const FormOperator& op : form_operators()) {
    if (op.name == name) return &op;
  }
  return nullptr;
}

// The columns in the order of the table; all of them: "".
std::string selection(const http::Params& params, const core::TableSchema& schema) {
  std::vector<std::size_t> columns;
  for (const auto& [key, value] : params) {
    if (key != "f_select") continue;
    if (const auto column = schema.find(value)) columns.push_back(*column);
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  if (columns.size() == schema.columns.size()) return "";
  std::string items;
  for (const std::size_t column : columns) {
    items += (items.empty() ? "" : ",") + column_item(schema, column);
  }
  return items;
}

void add_condition(FormTarget& target, const core::TableSchema& schema) {
  const FilledCondition filled = target.filled;
  const FormOperator* op = operator_named(filled.op);
  const auto column = schema.find(filled.column);
  const bool is_empty = filled.value.find_first_not_of(" \t\r\n") == std::string::npos;
  if (filled.column.empty() && is_empty && (op == nullptr || op->wants_value)) return;
  if (!column || op == nullptr) {
    target.missing = "table_column_wanted";
    target.filled.wrong = "f-column";
  } else if (op->wants_value && is_empty) {
    target.missing = "table_value_wanted";
    target.filled.wrong = "f-value";
  } else {
    const WrittenTest written{filled.op, op->wants_value ? filled.value : "true"};
    const auto tests = op->wants_value ? tests_of(schema.columns[*column], written)
                                       : std::vector<WrittenTest>{written};
    for (const WrittenTest& test : tests) {
      target.state =
          target.state.with_condition(condition_parameter(schema, *column, test.op), test.value);
    }
  }
}

}  // namespace

std::optional<FormTarget> form_target(const http::Params& params, const TableState& state,
                                      const core::TableSchema& schema) {
  const bool selects = has(params, "f_select");
  const bool adds = has(params, "f_column") || has(params, "f_op") || has(params, "f_value");
  if (!selects && !adds) return std::nullopt;
  FormTarget target;
  target.state = selects ? state.with("select", selection(params, schema)) : state;
  if (!adds) return target;
  target.filled.column = first_of(params, "f_column");
  target.filled.value = first_of(params, "f_value");
  if (std::string op = first_of(params, "f_op"); !op.empty()) target.filled.op = std::move(op);
  add_condition(target, schema);
  return target;
}

}  // namespace minato::web
