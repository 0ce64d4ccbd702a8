// datastore_search (datastore_search.cc) and datastore_info.
#include "formats/query/datastore_filters.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/datastore_query.h"
#include "http/handlers/ckan/datastore_search.h"

namespace minato::http::ckan {
namespace {

using formats::JsonWriter;

Checked<void> write_meta(JsonWriter& json, service::Tables& tables,
                         const service::FoundTable& table) {
  auto bytes = tables.stored_bytes(table);
  if (!bytes) return failed(std::move(bytes).error());
  json.key("meta").begin_object().field("id", table.version.table_id);
  json.key("count").integer(table.schema->rows).field("table_type", "BASE TABLE");
  // One file holds rows and indexes; there is no database of others' beside it.
  json.key("size").integer(*bytes).key("db_size").integer(*bytes).key("idx_size").integer(0);
  const auto aliases = tables.aliases(table);
  if (!aliases) return failed(aliases.error());
  json.key("aliases").begin_array();
  for (const std::string& alias : *aliases) json.string(alias);
  json.end_array().end_object();
  return {};
}

void write_field(JsonWriter& json, const core::TableColumn& column, bool with_schema) {
  const std::string_view type = formats::datastore_type(column.type);
  json.begin_object().field("id", column.name).field("type", type);
  json.key("info").begin_object().field("label", column.title).field("notes", column.description);
  json.end_object();
  if (with_schema) {
    json.key("schema").begin_object().field("native_type", type);
    json.key("notnull").boolean(false).key("is_index").boolean(column.indexed);
    json.field("index_name", "").key("uniquekey").boolean(false).end_object();
  }
  json.end_object();
}

Outcome datastore_info(ActionCall& call, JsonWriter& json) {
  Checks checks(call.arguments);
  std::string id = checks.text("id");
  if (id.empty()) id = checks.text("resource_id");
  if (id.empty()) checks.fail("id", "Missing value");
  const bool with_meta = checks.boolean("include_meta", true);
  const bool with_schema = checks.boolean("include_fields_schema", true);
  if (checks.failed()) return checks.failure();
  const auto table = datastore_table(call.tables, id, call.caller);
  if (!table) return tl::unexpected(table.error());
  json.begin_object();
  if (with_meta) {
    if (auto meta = write_meta(json, call.tables, **table); !meta) return meta;
  }
  json.key("fields").begin_array();
  for (const core::TableColumn& column : (*table)->schema->columns) {
    write_field(json, column, with_schema);
  }
  json.end_array().end_object();
  return {};
}

}  // namespace

std::vector<Action> datastore_actions() {
  return {
      {"datastore_search",
       datastore_search,
       {"リソースの表から行を探します。", "Rows of a resource's table."},
       {{"resource_id",
         {"リソースの ID（必須）。_table_metadata は表の一覧",
          "id of the resource (required); _table_metadata lists the tables"}},
        {"filters",
         {"条件。{\"列\": \"値\"}、{\"列\": [\"a\", \"b\"]}、{\"列\": {\"gt\": 1}}、$and、$or",
          "conditions: {\"column\": \"v\"}, lists, {\"column\": {\"gt\": 1}}, $and, $or"}},
        {"q",
         {"表全体から探す語、または {\"列\": \"語\"}",
          "words anywhere, or {\"column\": \"words\"}"}},
        {"plain",
         {"false なら & | ! を演算子とする（省略時 true）", "false: & | ! are operators (true)"}},
        {"distinct", {"同じ行を 1 つにする", "each different row once"}},
        {"fields", {"返す列（省略時はすべて）", "columns to return (all)"}},
        {"sort", {"並べ替え。\"列 desc nulls last\"", "\"column desc nulls last\""}},
        {"limit", {"件数（省略時 100、最大 32000）", "how many (100, at most 32000)"}},
        {"offset", {"読み飛ばす件数（省略時 0）", "how many to skip (0)"}},
        {"include_total", {"総数を含める（省略時 true）", "include the total (true)"}},
        {"include_next_page", {"次のページの条件を含める", "include the filter of the next page"}},
        {"records_format", {"objects、lists、csv、tsv", "objects, lists, csv, tsv"}}},
       {"fields、records、total などの辞書", "a dictionary of fields, records, total and more"}},
      {"datastore_info",
       datastore_info,
       {"表の列と行数を返します。", "Columns and row count of a table."},
       {{"id", {"リソースの ID（必須）", "id of the resource (required)"}},
        {"include_meta", {"meta を含める（省略時 true）", "include meta (true)"}},
        {"include_fields_schema",
         {"列ごとの schema を含める（省略時 true）", "include each column's schema (true)"}}},
       {"meta と fields の辞書", "a dictionary of meta and fields"}},
  };
}

}  // namespace minato::http::ckan
