#include "facility_schema.h"

#include <array>
#include <sstream>
#include <string_view>

namespace minato::formats {
namespace {

constexpr std::array<std::string_view, 19> kOps = {
    "=",  "!=", "<",  "<=",       ">",    ">=",       " in ",    " nin ",   " between ", " like ",
    "^=", "$=", "*=", " is null", " set", " search ", "search ", "within ", "bbox "};

std::string operand_text(const core::Operand& operand, const core::TableSchema& schema) {
  if (operand.column < 0) return "#";
  const std::string& name = schema.columns.at(static_cast<std::size_t>(operand.column)).name;
  switch (operand.function) {
    case core::ColumnFunction::kLower:
      return "lower(" + name + ")";
    case core::ColumnFunction::kYear:
      return "year(" + name + ")";
    case core::ColumnFunction::kMonth:
      return "month(" + name + ")";
    case core::ColumnFunction::kNone:
      break;
  }
  return name;
}

}  // namespace

core::TableSchema facility_schema() {
  using core::ColumnType;
  core::TableSchema schema;
  const std::pair<const char*, ColumnType> columns[] = {
      {"区分", ColumnType::kString},       {"利用者数", ColumnType::kInteger},
      {"緯度", ColumnType::kNumber},       {"経度", ColumnType::kNumber},
      {"公開", ColumnType::kBoolean},      {"登録日", ColumnType::kDate},
      {"更新日時", ColumnType::kDatetime}, {"開館（平日）", ColumnType::kTime},
      {"limit", ColumnType::kString},      {"面積__gt", ColumnType::kNumber}};
  for (const auto& [name, type] : columns) {
    core::TableColumn column;
    column.name = name;
    column.type = type;
    schema.columns.push_back(column);
  }
  schema.columns[2].role = core::ColumnRole::kLatitude;
  schema.columns[3].role = core::ColumnRole::kLongitude;
  return schema;
}

std::string value_text(const core::Value& value) {
  std::ostringstream out;
  if (const auto* flag = std::get_if<bool>(&value)) {
    out << "b:" << (*flag ? "true" : "false");
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    out << "i:" << *integer;
  } else if (const auto* number = std::get_if<double>(&value)) {
    out << "d:" << *number;
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    out << "s:" << *text;
  } else {
    out << "null";
  }
  return out.str();
}

std::string filter_text(const core::Filter& filter, const core::TableSchema& schema) {
  using Kind = core::Filter::Kind;
  std::string text;
  if (filter.kind == Kind::kAll) return "all";
  if (filter.kind != Kind::kTest) {
    for (const auto& child : filter.children) {
      text += (text.empty() ? "" : ", ") + filter_text(child, schema);
    }
    const char* name = filter.kind == Kind::kAnd  ? "and("
                       : filter.kind == Kind::kOr ? "or("
                                                  : "not(";
    return name + text + ")";
  }
  for (const auto& value : filter.values) text += (text.empty() ? "" : ",") + value_text(value);
  const bool is_free = filter.op == core::FilterOp::kSearchAny ||
                       filter.op == core::FilterOp::kWithinDistance ||
                       filter.op == core::FilterOp::kInBbox;
  return (is_free ? "" : operand_text(filter.operand, schema)) +
         std::string(kOps.at(static_cast<std::size_t>(filter.op))) + text;
}

}  // namespace minato::formats
