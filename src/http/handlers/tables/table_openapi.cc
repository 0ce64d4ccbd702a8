#include "http/handlers/tables/table_openapi.h"

#include <utility>

#include "core/licenses.h"

namespace minato::http::tables {

namespace {

using formats::JsonWriter;

// JSON Schema type and format of a column's values.
std::pair<std::string_view, std::string_view> schema_type(core::ColumnType type) {
  switch (type) {
    case core::ColumnType::kInteger:
      return {"integer", ""};
    case core::ColumnType::kNumber:
      return {"number", ""};
    case core::ColumnType::kBoolean:
      return {"boolean", ""};
    case core::ColumnType::kDate:
      return {"string", "date"};
    case core::ColumnType::kDatetime:
    case core::ColumnType::kTime:
    case core::ColumnType::kString:
      break;
  }
  return {"string", ""};
}

std::string description_of(const core::TableColumn& column) {
  std::string text = column.title;
  for (const std::string* part : {&column.description, &column.unit}) {
    if (part->empty()) continue;
    if (!text.empty()) text += " / ";
    text += *part;
  }
  return text;
}

void write_parameter(JsonWriter& json, std::string_view name, std::string_view type,
                     const std::string& description) {
  json.begin_object().field("name", name).field("in", "query");
  if (!description.empty()) json.field("description", description);
  json.key("schema").begin_object().field("type", type).end_object().end_object();
}

void write_common_parameters(JsonWriter& json) {
  static constexpr std::pair<std::string_view, std::string_view> kCommon[] = {
      {"select", "string"}, {"where", "string"}, {"q", "string"},       {"bbox", "string"},
      {"near", "string"},   {"sort", "string"},  {"limit", "integer"},  {"offset", "integer"},
      {"cursor", "string"}, {"count", "string"}, {"version", "integer"}};
  for (const auto& [name, type] : kCommon) write_parameter(json, name, type, "");
}

void write_row_schema(JsonWriter& json, const core::TableSchema& schema) {
  json.begin_object().field("type", "object").key("properties").begin_object();
  for (const core::TableColumn& column : schema.columns) {
    const auto [type, format] = schema_type(column.type);
    json.key(column.name).begin_object().key("type").begin_array();
    json.string(type).string("null").end_array();
    if (!format.empty()) json.field("format", format);
    const std::string description = description_of(column);
    if (!description.empty()) json.field("description", description);
    json.end_object();
  }
  json.end_object().end_object();
}

void write_rows_operation(JsonWriter& json, const core::TableSchema& schema) {
  json.key("get").begin_object().field("operationId", "getRows").field("summary", "Rows");
  json.key("parameters").begin_array();
  write_common_parameters(json);
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    write_parameter(json, "c" + std::to_string(i + 1), schema_type(column.type).first, column.name);
  }
  json.end_array().key("responses").begin_object().key("200").begin_object();
  json.field("description", "OK").key("content").begin_object();
  json.key("application/json").begin_object().key("schema").begin_object();
  json.field("type", "object").key("properties").begin_object();
  json.key("data").begin_object().field("type", "array").key("items").begin_object();
  json.field("$ref", "#/components/schemas/Row").end_object().end_object();
  json.key("meta").begin_object().field("type", "object").end_object();
  json.key("links").begin_object().field("type", "object").end_object();
  json.end_object().end_object().end_object().end_object().end_object();
  json.end_object().end_object();
}

}  // namespace

std::string table_openapi(const service::FoundTable& table, const TableContext& context) {
  const std::string& title = table.dataset.title.empty() ? table.dataset.name : table.dataset.title;
  const Credit credit = credit_of(table, context);
  const std::string& license_id =
      table.resource.license_id.empty() ? table.dataset.license_id : table.resource.license_id;
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("openapi", "3.1.0").key("info").begin_object();
  json.field("title", title).field("version", std::to_string(table.version.version));
  if (!credit.attribution.empty()) json.field("description", credit.attribution);
  if (!credit.license_url.empty()) {
    const core::License* license = core::find_license(license_id);
    json.key("license").begin_object();
    json.field("name", license == nullptr ? license_id : license->title.in(context.language));
    json.field("url", credit.license_url).end_object();
  }
  json.end_object().key("servers").begin_array().begin_object();
  json.field("url", table_url(table.version.table_id, context.site_url)).end_object().end_array();
  json.key("paths").begin_object().key("/rows").begin_object();
  write_rows_operation(json, *table.schema);
  json.end_object().end_object();
  json.key("components").begin_object().key("schemas").begin_object().key("Row");
  write_row_schema(json, *table.schema);
  json.end_object().end_object().end_object();
  return out;
}

}  // namespace minato::http::tables
