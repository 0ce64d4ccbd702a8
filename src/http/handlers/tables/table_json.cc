#include "http/handlers/tables/table_json.h"

#include <algorithm>
#include <span>

#include "core/licenses.h"
#include "core/time.h"
#include "formats/reading_json.h"
#include "http/url.h"

namespace minato::http::tables {

namespace {

using formats::JsonWriter;

constexpr std::size_t kShownTopValues = 20;

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

void write_statistics(JsonWriter& json, const core::ColumnStatistics& statistics) {
  json.key("nulls").integer(statistics.nulls);
  json.key("distinct").integer(statistics.distinct);
  json.key("distinct_exact").boolean(statistics.distinct_exact);
  json.key("min");
  formats::write_json_value(json, statistics.min);
  json.key("max");
  formats::write_json_value(json, statistics.max);
  json.key("top").begin_array();
  for (const core::ValueCount& top :
       std::span(statistics.top).first(std::min(statistics.top.size(), kShownTopValues))) {
    json.begin_object().key("value");
    formats::write_json_value(json, top.value);
    json.key("count").integer(top.count).end_object();
  }
  json.end_array().key("examples").begin_array();
  for (const core::Value& example : statistics.examples) formats::write_json_value(json, example);
  json.end_array();
}

void write_columns(JsonWriter& json, const core::TableSchema& schema) {
  json.key("columns").begin_array();
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    json.begin_object()
        .field("name", column.name)
        .field("alias", "c" + std::to_string(i + 1))
        .field_or_null("title", column.title)
        .field("type", core::column_type_name(column.type))
        .field_or_null("unit", column.unit)
        .field_or_null("description", column.description)
        .field_or_null("role", role_name(column.role));
    write_statistics(json, column.statistics);
    json.end_object();
  }
  json.end_array();
}

void write_reading(JsonWriter& json, const storage::TableVersion& version,
                   const storage::ReadingNotes& notes, core::Language language) {
  json.key("reading").begin_object().field_or_null("container", version.container);
  json.field_or_null("encoding", version.encoding);
  json.key("rejects").integer(notes.reject_count).key("rejected");
  formats::write_rejects(json, notes.rejects, language);
  json.key("findings");
  formats::write_findings(json, notes.findings, language);
  json.end_object();
}

void write_file(JsonWriter& json, const storage::TableVersion& version,
                const std::string& site_url) {
  json.key("file").begin_object().field_or_null("name", version.file_name);
  json.key("bytes").integer(version.bytes);
  json.field("sha256", version.blob).field("url", file_url(version, site_url)).end_object();
}

std::string license_id_of(const service::FoundTable& table) {
  return table.resource.license_id.empty() ? table.dataset.license_id : table.resource.license_id;
}

core::Work work_of(const service::FoundTable& table, const TableContext& context) {
  return {table.dataset.title.empty() ? table.dataset.name : table.dataset.title,
          context.publisher.empty() ? table.dataset.author : context.publisher,
          context.site_url + "/dataset/" + table.dataset.name};
}

void write_license(JsonWriter& json, const service::FoundTable& table,
                   const TableContext& context) {
  const std::string id = license_id_of(table);
  const core::License* license = core::find_license(id);
  json.key("license");
  if (license == nullptr) {
    json.null();
  } else {
    json.begin_object()
        .field("id", license->id)
        .field("title", license->title.in(context.language))
        .field_or_null("url", license->url)
        .key("open")
        .boolean(license->open)
        .end_object();
  }
  json.field_or_null("attribution", credit_of(table, context).attribution);
}

}  // namespace

std::string table_url(std::string_view table_id, const std::string& site_url) {
  return site_url + "/api/v1/tables/" + percent_encode(table_id);
}

std::string file_url(const storage::TableVersion& version, const std::string& site_url) {
  return table_url(version.table_id, site_url) + "/versions/" + std::to_string(version.version) +
         "/file";
}

Credit credit_of(const service::FoundTable& table, const TableContext& context) {
  const core::License* license = core::find_license(license_id_of(table));
  if (license == nullptr) return {};
  return {license->url, core::credit_line(*license, work_of(table, context)).in(context.language)};
}

void write_table(JsonWriter& json, const service::FoundTable& table,
                 const storage::ReadingNotes& notes, const TableContext& context) {
  const storage::TableVersion& version = table.version;
  json.begin_object().field("id", version.table_id);
  json.key("resource")
      .begin_object()
      .field("id", table.resource.id)
      .field_or_null("name", table.resource.name)
      .end_object();
  json.key("dataset")
      .begin_object()
      .field("id", table.dataset.id)
      .field("name", table.dataset.name)
      .field("title", table.dataset.title.empty() ? table.dataset.name : table.dataset.title)
      .end_object();
  json.field_or_null("name", version.name).key("part").integer(version.part);
  json.key("version").integer(version.version).key("current").boolean(table.is_current);
  json.field("created", core::to_rfc3339(version.created)).key("rows").integer(table.schema->rows);
  write_columns(json, *table.schema);
  json.key("bbox");
  if (const auto& bbox = table.schema->bbox) {
    json.begin_array().number(bbox->west).number(bbox->south).number(bbox->east);
    json.number(bbox->north).end_array();
  } else {
    json.null();
  }
  write_reading(json, version, notes, context.language);
  write_file(json, version, context.site_url);
  write_license(json, table, context);
  json.end_object();
}

void write_version(JsonWriter& json, const storage::TableVersion& version, bool is_current,
                   const TableContext& context) {
  const std::string pinned = "?version=" + std::to_string(version.version);
  const std::string url = table_url(version.table_id, context.site_url);
  json.begin_object().key("version").integer(version.version).key("current").boolean(is_current);
  json.field("created", core::to_rfc3339(version.created)).key("rows").integer(version.rows);
  json.key("columns").integer(version.columns).key("findings").integer(version.findings);
  json.key("rejects").integer(version.rejects);
  write_file(json, version, context.site_url);
  json.key("links")
      .begin_object()
      .field("schema", url + pinned)
      .field("rows", url + "/rows" + pinned)
      .end_object()
      .end_object();
}

}  // namespace minato::http::tables
