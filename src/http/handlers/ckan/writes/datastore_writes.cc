// datastore_upsert, datastore_delete, datastore_records_delete; datastore_create.cc has the other.
#include <optional>
#include <string>
#include <utility>

#include "formats/query/datastore_filters.h"
#include "http/handlers/ckan/writes/datastore_input.h"

namespace minato::http::ckan {
namespace {

using formats::JsonWriter;
using service::RowMethod;

std::optional<RowMethod> method_named(std::string_view name) {
  if (name.empty() || name == "upsert") return RowMethod::kUpsert;
  if (name == "insert") return RowMethod::kInsert;
  if (name == "update") return RowMethod::kUpdate;
  return std::nullopt;
}

// "resource_id" is needed by all of them.
std::string required_id(DatastoreInput& input) {
  std::string id = input.resource_id();
  if (id.empty()) input.checks().fail("resource_id", "Missing value");
  return id;
}

Outcome datastore_upsert(WriteCall& call, JsonWriter& json) {
  DatastoreInput input(call.arguments, {"resource_id", "id", "force", "records", "method",
                                        "dry_run", "include_records", "calculate_record_count"});
  Checks& checks = input.checks();
  service::RowWriteRequest request;
  request.resource_id = required_id(input);
  const std::string name = checks.text("method");
  const auto method = method_named(name);
  if (!method) checks.fail("method", "\"" + shortened(name) + "\" is not supported");
  request.method = method.value_or(RowMethod::kUpsert);
  const rapidjson::Value* sent = input.list("records");
  request.records = input.records();
  request.force = checks.boolean("force", false);
  request.dry_run = checks.boolean("dry_run", false);
  const bool include = checks.boolean("include_records", false);
  if (checks.failed()) return checks.failure();
  auto written = call.sources.rows.write(request, call.context());
  if (!written) {
    return rows_failed(std::move(written).error(), request.resource_id, request.method);
  }
  json.begin_object().field("resource_id", request.resource_id);
  json.field("method", name.empty() ? "upsert" : name).key("force").boolean(request.force);
  json.key("dry_run").boolean(request.dry_run).key("total").integer(written->rows);
  if (include && sent != nullptr) write_records(json.key("records"), *sent, written->row_ids);
  json.end_object();
  return {};
}

// What the deleting actions answer: what they were asked.
void write_deleted(JsonWriter& json, const WriteCall& call, const std::string& id) {
  json.begin_object().field("resource_id", id);
  for (const std::string_view name : {"filters", "force"}) {
    if (const rapidjson::Value* value = call.arguments.find(name)) json.key(name).value(*value);
  }
  json.end_object();
}

Outcome remove_rows(WriteCall& call, JsonWriter& json, const std::string& id, bool force) {
  const rapidjson::Value& filters = *call.arguments.find("filters");
  const auto filter = [&](const core::TableSchema& schema) {
    return formats::parse_datastore_filters(filters, schema);
  };
  auto removed = call.sources.rows.remove(id, filter, force, call.context());
  if (!removed) {
    const core::Error& error = removed.error();
    if (error.id == "datastore-invalid" && !error.details.empty()) {
      return invalid(error.details[0].param, error.details[0].message.en);
    }
    return rows_failed(std::move(removed).error(), id);
  }
  write_deleted(json, call, id);
  return {};
}

Outcome datastore_delete(WriteCall& call, JsonWriter& json) {
  DatastoreInput input(call.arguments,
                       {"resource_id", "id", "force", "filters", "calculate_record_count"});
  const std::string id = required_id(input);
  const bool force = input.checks().boolean("force", false);
  if (input.checks().failed()) return input.checks().failure();
  if (call.arguments.find("filters") != nullptr) return remove_rows(call, json, id, force);
  auto dropped = call.sources.rows.drop(id, force, call.context());
  if (!dropped) return rows_failed(std::move(dropped).error(), id);
  write_deleted(json, call, id);
  return {};
}

Outcome datastore_records_delete(WriteCall& call, JsonWriter& json) {
  DatastoreInput input(call.arguments,
                       {"resource_id", "id", "force", "filters", "calculate_record_count"});
  const std::string id = required_id(input);
  const bool force = input.checks().boolean("force", false);
  if (call.arguments.find("filters") == nullptr) {
    input.checks().fail("filters", "Missing value");
  } else {
    (void)input.object("filters");
  }
  if (input.checks().failed()) return input.checks().failure();
  return remove_rows(call, json, id, force);
}

ActionParameter id_parameter() {
  return {"resource_id",
          {"リソースの ID か別名（必須）", "id of the resource, or an alias (required)"}};
}

ActionParameter force_parameter() {
  return {"force",
          {"ファイルから作られた表にも書き込む（省略時 false）",
           "write to a table that is made from a file, too (false)"}};
}

WriteAction upsert_action() {
  return {"datastore_upsert",
          datastore_upsert,
          {"表の行を加えたり変えたりします。全体が書き込まれるか、何も変わりません。",
           "Adds and changes rows of a table: all of them, or none."},
          {id_parameter(),
           {"records",
            {"行 [{列: 値}]。_id で行を指せる", "records [{field: value}]; _id names a row"}},
           {"method",
            {"upsert（主キーの行を変え、なければ加える。省略時）、insert、update",
             "upsert (changes the row of the key, or adds one; the default), insert, update"}},
           {"dry_run", {"確かめるだけで書き込まない", "check only, write nothing"}},
           {"include_records", {"行を _id とともに返す", "give the records back, with _id"}},
           force_parameter()},
          {"resource_id、method などの辞書", "a dictionary of resource_id, method and so on"}};
}

}  // namespace

std::vector<WriteAction> datastore_write_actions() {
  const ActionParameter filters{"filters",
                                {"条件（datastore_search と同じ）。{} はすべての行",
                                 "conditions as in datastore_search; {} is every row"}};
  return {
      datastore_create_action(),
      upsert_action(),
      {"datastore_delete",
       datastore_delete,
       {"条件に合う行を削除します。filters がなければ表そのものを削除します。",
        "Removes the rows that match; without filters the table itself."},
       {id_parameter(), filters, force_parameter()},
       {"送った resource_id と filters", "resource_id and filters as they were sent"}},
      {"datastore_records_delete",
       datastore_records_delete,
       {"条件に合う行を削除します。", "Removes the rows that match."},
       {id_parameter(), filters, force_parameter()},
       {"送った resource_id と filters", "resource_id and filters as they were sent"}},
  };
}

}  // namespace minato::http::ckan
