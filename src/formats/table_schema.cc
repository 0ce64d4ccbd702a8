#include "formats/table_schema.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "formats/object_reader.h"

namespace minato::formats {
namespace {

constexpr std::size_t kMaxColumns = 2'000;
// Table Schema, "Types and Formats".
constexpr std::array<std::string_view, 16> kTypes = {
    "string",   "number", "integer",   "boolean",  "object",   "array",   "date", "time",
    "datetime", "year",   "yearmonth", "duration", "geopoint", "geojson", "any",  "list"};

core::ErrorDetail wrong(std::string pointer, core::LocalizedText message) {
  core::ErrorDetail detail;
  detail.param = std::move(pointer);
  detail.message = std::move(message);
  return detail;
}

core::Column read_column(const rapidjson::Value& value, const std::string& pointer,
                         std::vector<core::ErrorDetail>& errors) {
  ObjectReader in(value, pointer, errors);
  core::Column column;
  column.name = in.text("name");
  column.title = in.text("title");
  column.type = in.text("type");
  column.unit = in.text("unit");
  column.description = in.text("description");
  if (column.type.empty()) column.type = "string";
  if (value.IsObject() && column.name.empty()) {
    in.add_error("name", {"列の名前がありません。", "The column has no name."});
  }
  if (std::find(kTypes.begin(), kTypes.end(), column.type) == kTypes.end()) {
    in.add_error("type", {"Table Schema の型ではありません。", "Not a type of Table Schema."},
                 {"string、number、integer、boolean、date などから選んでください。",
                  "Choose string, number, integer, boolean, date or the like."});
  }
  return column;
}

}  // namespace

core::Result<std::vector<core::Column>> parse_table_schema(std::string_view json) {
  auto document = parse_json(json);
  if (!document) return tl::unexpected(std::move(document).error());
  std::vector<core::ErrorDetail> errors;
  std::vector<core::Column> columns;
  const rapidjson::Value* fields = find_member(*document, "fields");
  if (fields == nullptr || !fields->IsArray()) {
    errors.push_back(
        wrong("/fields", {"列の並び fields がありません。", "The list fields is missing."}));
  } else if (fields->Size() > kMaxColumns) {
    errors.push_back(
        wrong("/fields", {"列が多すぎます（2000 まで）。", "More than 2000 columns."}));
  } else {
    std::set<std::string> names;
    for (rapidjson::SizeType i = 0; i < fields->Size(); ++i) {
      const std::string pointer = child_pointer("/fields", std::size_t{i});
      columns.push_back(read_column((*fields)[i], pointer, errors));
      const std::string& name = columns.back().name;
      if (!name.empty() && !names.insert(name).second) {
        errors.push_back(wrong(pointer + "/name",
                               {"列の名前が重複しています。", "Two columns have this name."}));
      }
    }
  }
  if (errors.empty()) return columns;
  auto failure = core::fail(core::ErrorCode::kInvalidArgument, "table-schema",
                            {"Table Schema に誤りがあります（" + errors.front().param + "）。",
                             "The Table Schema has mistakes (" + errors.front().param + ")."},
                            {"示された項目を直してください。", "Correct the fields named."});
  failure.value().details = std::move(errors);
  return failure;
}

}  // namespace minato::formats
