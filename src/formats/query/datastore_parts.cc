#include "formats/query/datastore_parts.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "formats/json.h"
#include "formats/query/datastore_filters.h"
#include "formats/query/literal.h"
#include "formats/query/query_fault.h"

namespace minato::formats {

tl::unexpected<core::Error> fail_datastore(std::string_view param, const std::string& message) {
  auto failure =
      core::fail(core::ErrorCode::kInvalidArgument, "datastore-invalid",
                 {std::string(param) + ": " + message, std::string(param) + ": " + message},
                 {"datastore_info で列の名前と型を確かめてください。",
                  "datastore_info tells the columns and their types."});
  core::ErrorDetail detail;
  detail.param = std::string(param);
  detail.message = {message, message};
  failure.value().details.push_back(std::move(detail));
  return failure;
}

tl::unexpected<core::Error> fail_datastore_value(std::string_view param, std::string_view value) {
  return fail_datastore(param, "invalid value \"" + shown_input(value) + "\"");
}

std::optional<core::Operand> datastore_column(std::string_view name,
                                              const core::TableSchema& schema) {
  if (name == "_id") return core::Operand{};
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (schema.columns[i].name == name) {
      return core::Operand{static_cast<int>(i), core::ColumnFunction::kNone};
    }
  }
  return std::nullopt;
}

core::Filter datastore_test(core::FilterOp op, const core::Operand& operand,
                            std::vector<core::Value> values) {
  core::Filter filter;
  filter.kind = core::Filter::Kind::kTest;
  filter.op = op;
  filter.operand = operand;
  filter.values = std::move(values);
  return filter;
}

core::Filter datastore_join(core::Filter::Kind kind, std::vector<core::Filter> children) {
  if (children.size() == 1) return std::move(children.front());
  core::Filter filter;
  filter.kind =
      children.empty() && kind == core::Filter::Kind::kAnd ? core::Filter::Kind::kAll : kind;
  filter.children = std::move(children);
  return filter;
}

std::string datastore_text(const rapidjson::Value& json) {
  if (json.IsString()) return std::string(text_of(json));
  std::string text;
  JsonWriter(text).value(json);
  // Python writes 1.0 for a whole double, and PostgreSQL casts that text.
  if (json.IsDouble() && text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

std::optional<core::Value> datastore_value(const rapidjson::Value& json, core::ColumnType type) {
  if (json.IsObject() || json.IsArray() || json.IsNull()) return std::nullopt;
  std::string text = datastore_text(json);
  if (type == core::ColumnType::kBoolean) {
    if (text == "t" || text == "T") text = "true";
    if (text == "f" || text == "F") text = "false";
  }
  // PostgreSQL cuts a timestamp that is compared with a date.
  constexpr std::size_t kDateBytes = 10;
  if (type == core::ColumnType::kDate && text.size() > kDateBytes &&
      value_of_text(text, core::ColumnType::kDatetime)) {
    text.resize(kDateBytes);
  }
  return value_of_text(text, type);
}

std::string_view datastore_type(core::ColumnType type) {
  switch (type) {
    case core::ColumnType::kInteger:
      return "int8";
    case core::ColumnType::kNumber:
      return "float8";
    case core::ColumnType::kBoolean:
      return "bool";
    case core::ColumnType::kDate:
      return "date";
    case core::ColumnType::kDatetime:
      return "timestamp";
    case core::ColumnType::kTime:
    case core::ColumnType::kString:
      break;
  }
  return "text";
}

}  // namespace minato::formats
