#include "http/handlers/ckan/datastore_search.h"

#include <memory>
#include <utility>

#include "formats/query/datastore_filters.h"
#include "formats/rows/dump_rows.h"
#include "formats/rows/json_rows.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/datastore_query.h"
#include "http/url.h"

namespace minato::http::ckan {
namespace {

using core::Operand;
using formats::JsonWriter;

enum class RecordsFormat { kObjects, kLists, kCsv, kTsv };

struct Wanted {
  std::string resource_id;
  RecordsFormat format = RecordsFormat::kObjects;
  std::string format_name;
  bool include_total = true;
  bool include_next_page = false;
};

// "_table_metadata" lists the tables themselves.
constexpr std::string_view kTableOfTables = "_table_metadata";

Checked<Wanted> read_wanted(const Arguments& arguments) {
  Checks checks(arguments);
  Wanted wanted;
  wanted.resource_id = checks.text("resource_id");
  if (wanted.resource_id.empty()) wanted.resource_id = checks.text("id");
  if (wanted.resource_id.empty()) checks.fail("resource_id", "Missing value");
  wanted.include_total = checks.boolean("include_total", true);
  wanted.include_next_page = checks.boolean("include_next_page", false);
  wanted.format_name = checks.text("records_format");
  if (wanted.format_name.empty()) wanted.format_name = "objects";
  static constexpr std::pair<std::string_view, RecordsFormat> kFormats[] = {
      {"objects", RecordsFormat::kObjects},
      {"lists", RecordsFormat::kLists},
      {"csv", RecordsFormat::kCsv},
      {"tsv", RecordsFormat::kTsv}};
  bool known = false;
  for (const auto& [name, format] : kFormats) {
    if (name != wanted.format_name) continue;
    wanted.format = format;
    known = true;
  }
  if (!known) checks.fail("records_format", "invalid value \"" + wanted.format_name + "\"");
  if (checks.failed()) return checks.failure();
  return wanted;
}

Checked<void> read_page(const Arguments& arguments, core::RowQuery& query) {
  Checks checks(arguments);
  query.limit = std::min(checks.natural("limit", 100), kMaxDatastoreRows);
  query.offset = checks.natural("offset", 0);
  if (checks.failed()) return checks.failure();
  return {};
}

void write_fields(JsonWriter& json, const core::RowQuery& query, const core::TableSchema& schema) {
  json.key("fields").begin_array();
  for (const int column : query.columns) {
    const bool is_id = column == Operand::kRowId;
    json.begin_object().field("id", field_name(column, schema));
    json.field("type", is_id ? std::string_view("int")
                             : formats::datastore_type(
                                   schema.columns[static_cast<std::size_t>(column)].type));
    if (!is_id) {
      const core::TableColumn& shown = schema.columns[static_cast<std::size_t>(column)];
      json.key("info").begin_object().field("label", shown.title).field("notes", shown.description);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
}

// Records of one page, and what the next one needs to know.
struct Page {
  std::int64_t returned = 0;
  std::int64_t last_row = 0;
};

std::unique_ptr<formats::RowWriter> record_writer(RecordsFormat format, const core::RowQuery& query,
                                                  const core::TableSchema& schema) {
  if (format == RecordsFormat::kCsv) {
    return formats::make_dump_records_writer(formats::DumpFormat::kCsv);
  }
  if (format == RecordsFormat::kTsv) {
    return formats::make_dump_records_writer(formats::DumpFormat::kTsv);
  }
  std::vector<std::string> names;
  for (const int column : query.columns) names.push_back(field_name(column, schema));
  const auto shape =
      format == RecordsFormat::kObjects ? formats::RowShape::kObjects : formats::RowShape::kArrays;
  return std::make_unique<formats::JsonRowWriter>(names, formats::JsonStyle{shape, false});
}

Checked<Page> write_records(JsonWriter& json, storage::TableReader& reader,
                            const core::RowQuery& query, RecordsFormat format) {
  auto cursor = reader.rows(query);
  if (!cursor) return query_failed(std::move(cursor).error());
  const auto writer = record_writer(format, query, reader.schema());
  Page page;
  std::string records;
  writer->begin(records);
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return query_failed(std::move(more).error());
    if (!*more) break;
    writer->row((*cursor)->values(), records);
    if (++page.returned == query.limit && !query.distinct) {
      page.last_row = (*cursor)->position().row;
    }
  }
  writer->end(records);
  json.key("records");
  if (format == RecordsFormat::kObjects || format == RecordsFormat::kLists) {
    json.raw(records);
  } else {
    json.string(records);
  }
  return page;
}

Checked<std::int64_t> count_rows(storage::TableReader& reader, core::RowQuery query) {
  if (!query.distinct) {
    auto count = reader.count(query.filter, -1);
    if (!count) return query_failed(std::move(count).error());
    return count->value;
  }
  query.limit = -1;
  query.offset = 0;
  auto cursor = reader.rows(query);
  if (!cursor) return query_failed(std::move(cursor).error());
  std::int64_t count = 0;
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return query_failed(std::move(more).error());
    if (!*more) return count;
    ++count;
  }
}

std::string link(const Arguments& arguments, std::int64_t limit, std::int64_t offset) {
  std::string query;
  for (const std::string_view name : arguments.names()) {
    const rapidjson::Value* value = arguments.find(name);
    if (value == nullptr || name == "offset" || name == "limit") continue;
    std::string text;
    if (value->IsString()) {
      text = std::string(formats::text_of(*value));
    } else {
      JsonWriter(text).value(*value);
    }
    query += percent_encode(name) + "=" + percent_encode(text) + "&";
  }
  query += "limit=" + std::to_string(limit);
  if (offset > 0) query += "&offset=" + std::to_string(offset);
  return "/api/3/action/datastore_search?" + query;
}

void echo(JsonWriter& json, const Arguments& arguments) {
  for (const std::string_view name : {"filters", "q", "sort", "distinct", "plain", "language"}) {
    if (const rapidjson::Value* value = arguments.find(name)) json.key(name).value(*value);
  }
}

// Pages by row number are the one order in which a value names a place.
bool pages_by_row(const core::RowQuery& query) {
  const bool by_row =
      query.sort.empty() ||
      (query.sort.size() == 1 && query.sort[0].operand == Operand{} && !query.sort[0].descending);
  return by_row && !query.distinct;
}

Outcome search_table(ActionCall& call, const Wanted& wanted, JsonWriter& json) {
  const auto table = datastore_table(call.tables, wanted.resource_id, call.caller);
  if (!table) return tl::unexpected(table.error());
  auto asked = datastore_query(call.arguments, *(*table)->schema);
  if (!asked) return tl::unexpected(std::move(asked).error());
  core::RowQuery& query = asked->query;
  if (auto page = read_page(call.arguments, query); !page) return page;
  auto reader = call.tables.read(**table);
  if (!reader) return failed(std::move(reader).error());

  json.begin_object().key("include_total").boolean(wanted.include_total);
  json.key("limit").integer(query.limit);
  if (query.offset > 0) json.key("offset").integer(query.offset);
  json.field("records_format", wanted.format_name).field("resource_id", wanted.resource_id);
  json.key("total_estimation_threshold").null();
  echo(json, call.arguments);
  write_fields(json, query, *(*table)->schema);
  const auto page = write_records(json, **reader, query, wanted.format);
  if (!page) return tl::unexpected(page.error());
  json.key("_links")
      .begin_object()
      .field("start", link(call.arguments, query.limit, 0))
      .field("next", link(call.arguments, query.limit, query.offset + query.limit))
      .end_object();
  const bool is_full = page->returned == query.limit && query.limit > 0;
  if (wanted.include_next_page && is_full && pages_by_row(query)) {
    json.key("next_page").begin_object().key("_id").begin_object();
    json.key("gt").integer(page->last_row).end_object().end_object();
  }
  if (wanted.include_total) {
    const auto total = count_rows(**reader, query);
    if (!total) return tl::unexpected(total.error());
    json.key("total").integer(*total).key("total_was_estimated").boolean(false);
  }
  json.end_object();
  return {};
}

Outcome search_tables(ActionCall& call, const Wanted& wanted, JsonWriter& json) {
  core::RowQuery page;
  if (auto read = read_page(call.arguments, page); !read) return read;
  auto ids = call.tables.table_ids(call.caller);
  if (!ids) return failed(std::move(ids).error());
  json.begin_object().field("resource_id", kTableOfTables);
  json.key("limit").integer(page.limit).field("records_format", "objects");
  json.key("fields").begin_array();
  for (const std::string_view name : {"_id", "name", "oid", "alias_of"}) {
    json.begin_object()
        .field("id", name)
        .field("type", name == "oid" ? "int" : "text")
        .end_object();
  }
  json.end_array().key("records").begin_array();
  const auto total = static_cast<std::int64_t>(ids->size());
  for (std::int64_t i = page.offset; i < total && i < page.offset + page.limit; ++i) {
    const std::string& id = (*ids)[static_cast<std::size_t>(i)];
    json.begin_object().field("_id", id.substr(0, 16)).field("name", id);
    json.key("oid").integer(i + 1).key("alias_of").null().end_object();
  }
  json.end_array();
  if (wanted.include_total) json.key("total").integer(total);
  json.end_object();
  return {};
}

}  // namespace

Outcome datastore_search(ActionCall& call, JsonWriter& json) {
  const auto wanted = read_wanted(call.arguments);
  if (!wanted) return tl::unexpected(wanted.error());
  if (wanted->resource_id == kTableOfTables) return search_tables(call, *wanted, json);
  return search_table(call, *wanted, json);
}

}  // namespace minato::http::ckan
