#include "cli/inspect.h"

#include "formats/json.h"

namespace minato::cli {

namespace {

using formats::JsonWriter;

void write_value(JsonWriter& json, const core::Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    json.boolean(*flag);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    json.integer(*integer);
  } else if (const auto* number = std::get_if<double>(&value)) {
    json.number(*number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    json.string(*text);
  } else {
    json.null();
  }
}

void write_column(JsonWriter& json, const core::TableColumn& column) {
  json.begin_object().field("name", column.name).field("type", core::column_type_name(column.type));
  json.key("nulls").integer(column.statistics.nulls);
  json.key("distinct").integer(column.statistics.distinct);
  json.key("examples").begin_array();
  for (const core::Value& example : column.statistics.examples) write_value(json, example);
  json.end_array().end_object();
}

void write_place(JsonWriter& json, std::int64_t row, const std::string& column) {
  json.key("row");
  if (row > 0) {
    json.integer(row);
  } else {
    json.null();
  }
  json.field_or_null("column", column);
}

void write_findings(JsonWriter& json, const std::vector<core::Finding>& findings,
                    core::Language language) {
  json.key("findings").begin_array();
  for (const core::Finding& finding : findings) {
    json.begin_object().field("id", finding.id);
    write_place(json, finding.row, finding.column);
    json.field("message", finding.message.in(language))
        .field("hint", finding.hint.in(language))
        .end_object();
  }
  json.end_array();
}

void write_rejected(JsonWriter& json, const std::vector<core::Reject>& rejects,
                    core::Language language) {
  json.key("rejected").begin_array();
  for (const core::Reject& reject : rejects) {
    json.begin_object().key("line").integer(reject.line);
    write_place(json, reject.row, reject.column);
    json.field("text", reject.text)
        .field("reason", reject.reason)
        .field("message", reject.message.in(language))
        .field("hint", reject.hint.in(language))
        .end_object();
  }
  json.end_array();
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
  write_rejected(json, table.rejects, language);
  write_findings(json, table.findings, language);
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
  write_findings(json, report.findings, language);
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
