#include "formats/import_report.h"

#include <algorithm>
#include <span>

#include "formats/json.h"
#include "formats/reading_json.h"

namespace minato::formats {

namespace {

// A workbook may have a thousand sheets of two thousand columns; the report is for people.
constexpr std::size_t kTables = 100;
constexpr std::size_t kColumns = 500;
constexpr std::size_t kNotes = 100;
constexpr std::size_t kExamples = 3;

template <typename T>
std::span<const T> first_of(const std::vector<T>& all, std::size_t most) {
  return std::span<const T>(all).first(std::min(all.size(), most));
}

void write_text(JsonWriter& json, std::string_view key, const core::LocalizedText& text) {
  json.key(key);
  if (text.empty()) {
    json.null();
    return;
  }
  json.begin_object().field("ja", text.ja).field("en", text.en).end_object();
}

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

std::string_view role_name(core::ColumnRole role) {
  switch (role) {
    case core::ColumnRole::kLatitude:
      return "latitude";
    case core::ColumnRole::kLongitude:
      return "longitude";
    case core::ColumnRole::kPoint:
      return "point";
    case core::ColumnRole::kNone:
      break;
  }
  return "";
}

void write_column(JsonWriter& json, const core::TableColumn& column) {
  json.begin_object()
      .field("name", column.name)
      .field_or_null("title", column.title)
      .field("type", core::column_type_name(column.type))
      .field_or_null("unit", column.unit)
      .field_or_null("role", role_name(column.role));
  json.key("nulls").integer(column.statistics.nulls);
  json.key("distinct").integer(column.statistics.distinct);
  json.key("distinct_exact").boolean(column.statistics.distinct_exact).key("min");
  write_json_value(json, column.statistics.min);
  json.key("max");
  write_json_value(json, column.statistics.max);
  json.key("examples").begin_array();
  for (const core::Value& value : first_of(column.statistics.examples, kExamples)) {
    write_json_value(json, value);
  }
  json.end_array().end_object();
}

void write_bbox(JsonWriter& json, const std::optional<core::BoundingBox>& box) {
  json.key("bbox");
  if (!box) {
    json.null();
    return;
  }
  json.begin_array().number(box->west).number(box->south).number(box->east).number(box->north);
  json.end_array();
}

void write_findings(JsonWriter& json, const std::vector<core::Finding>& findings) {
  json.key("finding_count").integer(static_cast<std::int64_t>(findings.size()));
  json.key("findings").begin_array();
  for (const core::Finding& finding : first_of(findings, kNotes)) {
    json.begin_object().field("id", finding.id).key("row");
    if (finding.row > 0) {
      json.integer(finding.row);
    } else {
      json.null();
    }
    json.field_or_null("column", finding.column);
    write_text(json, "message", finding.message);
    write_text(json, "hint", finding.hint);
    json.end_object();
  }
  json.end_array();
}

void write_rejects(JsonWriter& json, const core::ImportedTable& table) {
  json.key("reject_count").integer(table.reject_count).key("rejects").begin_array();
  for (const core::Reject& reject : first_of(table.rejects, kNotes)) {
    json.begin_object().key("line").integer(reject.line).key("row").integer(reject.row);
    json.field("column", reject.column).field("text", reject.text).field("reason", reject.reason);
    write_text(json, "message", reject.message);
    write_text(json, "hint", reject.hint);
    json.end_object();
  }
  json.end_array();
}

void write_difference(JsonWriter& json, const core::TableDifference& difference) {
  json.key("difference").begin_object().key("old_version");
  if (difference.old_version > 0) {
    json.integer(difference.old_version);
  } else {
    json.null();
  }
  json.key("rows_before").integer(difference.rows_before);
  json.key("rows_after").integer(difference.rows_after);
  json.key("rows_added").integer(difference.rows_added);
  json.key("rows_removed").integer(difference.rows_removed);
  json.key("rows_changed").integer(difference.rows_changed);
  json.field_or_null("compared_by", difference.compared_by);
  write_texts(json, "columns_added", difference.columns_added);
  write_texts(json, "columns_removed", difference.columns_removed);
  json.key("columns_renamed").begin_array();
  for (const auto& [from, to] : difference.columns_renamed) {
    json.begin_object().field("from", from).field("to", to).end_object();
  }
  json.end_array().end_object();
}

void write_table(JsonWriter& json, const core::ImportedTable& table) {
  json.begin_object().field("table_id", table.table_id).key("part").integer(table.part);
  json.field_or_null("name", table.name).key("version");
  if (table.version > 0) {
    json.integer(table.version);
  } else {
    json.null();
  }
  json.key("rows").integer(table.schema.rows);
  json.key("column_count").integer(static_cast<std::int64_t>(table.schema.columns.size()));
  json.key("columns").begin_array();
  for (const core::TableColumn& column : first_of(table.schema.columns, kColumns)) {
    write_column(json, column);
  }
  json.end_array();
  write_bbox(json, table.schema.bbox);
  json.field_or_null("container", table.container).field_or_null("encoding", table.encoding);
  write_findings(json, table.findings);
  write_rejects(json, table);
  write_difference(json, table.difference);
  json.end_object();
}

void write_refusal(JsonWriter& json, const std::optional<core::Error>& refusal) {
  json.key("refusal");
  if (!refusal) {
    json.null();
    return;
  }
  json.begin_object().field("id", refusal->id);
  write_text(json, "message", refusal->message);
  write_text(json, "hint", refusal->hint);
  json.end_object();
}

}  // namespace

std::string write_import_report(const core::ImportReport& report) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("tables").begin_array();
  for (const core::ImportedTable& table : first_of(report.tables, kTables)) {
    write_table(json, table);
  }
  json.end_array();
  json.key("table_count").integer(static_cast<std::int64_t>(report.tables.size()));
  write_refusal(json, report.refusal);
  json.key("brakes").begin_array();
  for (const core::Brake& brake : first_of(report.brakes, kNotes)) {
    json.begin_object().field("id", brake.id).field_or_null("table_id", brake.table_id);
    write_text(json, "message", brake.message);
    json.end_object();
  }
  json.end_array().end_object();
  return out;
}

}  // namespace minato::formats
