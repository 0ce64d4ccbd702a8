#include "cli/inspect.h"

#include "formats/json.h"
#include "formats/reading_json.h"

namespace minato::cli {

namespace {

using formats::JsonWriter;

void write_column(JsonWriter& json, const core::TableColumn& column) {
  json.begin_object().field("name", column.name).field("type", core::column_type_name(column.type));
  json.key("nulls").integer(column.statistics.nulls);
  json.key("distinct").integer(column.statistics.distinct);
  json.key("examples").begin_array();
  for (const core::Value& example : column.statistics.examples)
    formats::write_json_value(json, example);
  json.end_array().end_object();
}

void write_table(JsonWriter& json, const tabular::TableReport& table, core::Language language) {
  json.begin_object().field_or_null("name", table.name);
  json.key("header_rows").begin_array();
  for (const std::int64_t row : table.header_rows) json.integer(row);
  json.end_array().key("first_data_row");
  if (table.first_data_row > 0) {
    json.integer(table.first_data_row);
  } else {
    json.null();
  }
  json.key("columns").begin_array();
  for (const core::TableColumn& column : table.schema.columns) write_column(json, column);
  json.end_array().key("rows").integer(table.schema.rows);
  json.key("rejects").integer(table.reject_count);
  json.key("rejected");
  formats::write_rejects(json, table.rejects, language);
  json.key("findings");
  formats::write_findings(json, table.findings, language);
  json.end_object();
}

}  // namespace

std::string inspection_json(const tabular::FileReport& report, core::Language language) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("container", report.container);
  json.field_or_null("encoding", report.encoding);
  json.key("bom").boolean(report.bom).key("repaired").boolean(report.repaired);
  json.key("replaced_bytes").integer(report.replaced_bytes);
  json.field_or_null("delimiter",
                     report.delimiter == 0 ? std::string() : std::string(1, report.delimiter));
  json.key("findings");
  formats::write_findings(json, report.findings, language);
  json.key("tables").begin_array();
  for (const tabular::TableReport& table : report.tables) write_table(json, table, language);
  json.end_array().end_object();
  return out;
}

core::Result<void> inspect_file(const std::string& path, core::Language language,
                                std::ostream& out) {
  tabular::ReadOptions options;
  options.file_name = path.substr(path.find_last_of('/') + 1);
  const auto file = tabular::open_tabular_file(path, options);
  if (!file) return tl::unexpected(file.error());
  out << inspection_json((*file)->report(), language) << "\n";
  return {};
}

}  // namespace minato::cli
