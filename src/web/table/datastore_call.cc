#include "web/table/datastore_call.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "formats/json.h"
#include "formats/reading_json.h"
#include "web/table/conditions.h"

namespace minato::web {
namespace {

using core::FilterOp;
using formats::JsonWriter;

// What stands behind the column's name in filters; empty: CKAN has no such comparison.
std::string comparison(const ColumnCondition& condition) {
  const char* name = condition.op == FilterOp::kGt   ? "gt"
                     : condition.op == FilterOp::kGe ? "gte"
                     : condition.op == FilterOp::kLt ? "lt"
                     : condition.op == FilterOp::kLe ? "lte"
                                                     : nullptr;
  std::string out;
  JsonWriter json(out);
  if (condition.op == FilterOp::kEq) {
    formats::write_json_value(json, condition.values.front());
  } else if (condition.op == FilterOp::kIsNull) {
    json.null();
  } else if (condition.op == FilterOp::kIn) {
    json.begin_array();
    for (const core::Value& value : condition.values) formats::write_json_value(json, value);
    json.end_array();
  } else if (condition.op == FilterOp::kBetween) {
    json.begin_object().key("gte");
    formats::write_json_value(json, condition.values[0]);
    json.key("lte");
    formats::write_json_value(json, condition.values[1]);
    json.end_object();
  } else if (name != nullptr) {
    json.begin_object().key(name);
    formats::write_json_value(json, condition.values.front());
    json.end_object();
  }
  return out;
}

struct FilterMember {
  std::string name;
  std::string value;
};

std::string filters_of(const std::vector<FilterMember>& members) {
  std::set<std::string> names;
  for (const FilterMember& member : members) names.insert(member.name);
  const bool is_plain = names.size() == members.size();
  std::string out;
  JsonWriter json(out);
  // One name twice needs CKAN 2.12's "$and".
  if (!is_plain) json.begin_object().key("$and").begin_array();
  if (is_plain) json.begin_object();
  for (const FilterMember& member : members) {
    if (!is_plain) json.begin_object();
    json.key((member.name.starts_with('$') ? "$" : "") + member.name).raw(member.value);
    if (!is_plain) json.end_object();
  }
  if (!is_plain) json.end_array();
  json.end_object();
  return out;
}

// False: cannot be said.
bool add_sort(const TableVisit& visit, http::Params& params) {
  std::string text;
  for (const core::RowSort& sort : visit.question.query.sort) {
    if (sort.operand.column < 0 || sort.operand.function != core::ColumnFunction::kNone) {
      return false;
    }
    const std::string& name =
        visit.schema().columns[static_cast<std::size_t>(sort.operand.column)].name;
    if (name.find('"') != std::string::npos) return false;
    text += (text.empty() ? "\"" : ", \"") + name + "\"";
    if (sort.descending) text += " desc nulls last";
  }
  if (!text.empty()) params.emplace_back("sort", text);
  return true;
}

bool add_fields(const TableVisit& visit, http::Params& params) {
  if (visit.state.value("select").empty()) return true;
  std::string text;
  for (std::size_t i = 0; i < visit.question.names.size(); ++i) {
    const int place = visit.question.query.columns[i];
    const std::string& shown = visit.question.names[i];
    if (place < 0) return false;
    const std::string& name = visit.schema().columns[static_cast<std::size_t>(place)].name;
    // By its alias it still comes back under its own name there; another name it cannot get.
    const bool is_alias = shown == "c" + std::to_string(place + 1);
    if ((shown != name && !is_alias) || name.find_first_of(",\"' ") != std::string::npos) {
      return false;
    }
    text += (text.empty() ? "" : ",") + name;
  }
  params.emplace_back("fields", text);
  return true;
}

}  // namespace

std::optional<http::Params> datastore_parameters(const TableVisit& visit) {
  if (!visit.state.value("version").empty()) return std::nullopt;
  http::Params params = {{"resource_id", visit.table.version.table_id}};
  std::vector<FilterMember> members;
  std::string words;
  for (const auto& condition : visit.state.conditions()) {
    if (condition.first == "q" && words.empty()) {
      words = condition.second;
      continue;
    }
    const auto on_column = column_condition(condition, visit.schema());
    if (!on_column) return std::nullopt;
    std::string value = comparison(*on_column);
    if (value.empty()) return std::nullopt;
    members.push_back({visit.schema().columns[on_column->column].name, std::move(value)});
  }
  if (!members.empty()) params.emplace_back("filters", filters_of(members));
  if (!words.empty()) params.emplace_back("q", words);
  if (!add_sort(visit, params) || !add_fields(visit, params)) return std::nullopt;
  return params;
}

}  // namespace minato::web
