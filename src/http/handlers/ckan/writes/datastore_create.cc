// datastore_create: makes the table of a resource, or changes it, and appends records.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/uuid.h"
#include "formats/rows_input/datastore_types.h"
#include "http/handlers/ckan/writes/dataset_dict.h"
#include "http/handlers/ckan/writes/datastore_input.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

using formats::JsonWriter;
using service::DatasetEdit;

// A field as it is answered: with PostgreSQL's own name of its type.
struct SentField {
  std::string id;
  std::string type;
  const rapidjson::Value* info = nullptr;
};

struct TableRequest {
  service::TableDefinition definition;
  std::vector<SentField> fields;
  std::vector<core::RowRecord> records;
  const rapidjson::Value* sent_records = nullptr;
  bool force = false;
  bool include_records = false;
};

std::string info_text(const rapidjson::Value* info, std::string_view name) {
  if (info == nullptr) return {};
  return std::string(formats::string_member(*info, name).value_or(""));
}

class TableReader {
 public:
  TableReader(DatastoreInput& input, TableRequest& request) : input_(input), request_(request) {}

  void read() {
    request_.sent_records = input_.list("records");
    request_.records = input_.records();
    if (const auto* fields = input_.list("fields")) {
      for (const auto& field : fields->GetArray()) add_field(field);
    }
    // CKAN looks at the first record only.
    const auto* records = request_.sent_records;
    if (records != nullptr && !records->Empty() && (*records)[0].IsObject()) {
      for (const auto& member : (*records)[0].GetObject()) add_guessed(member);
    }
    request_.definition.primary_key = input_.names("primary_key");
    request_.definition.aliases = input_.names("aliases");
    Checks& checks = input_.checks();
    request_.definition.delete_columns = checks.boolean("delete_fields", false);
    request_.force = checks.boolean("force", false);
    request_.include_records = checks.boolean("include_records", false);
  }

 private:
  void add_field(const rapidjson::Value& field) {
    if (!field.IsObject()) return input_.checks().fail("fields", "Not a dictionary");
    const auto id = formats::string_member(field, "id");
    if (!id) return input_.checks().fail("fields", "Missing value");
    const auto* info = formats::find_member(field, "info");
    if (info != nullptr && !info->IsObject()) info = nullptr;
    const std::string spelling(formats::string_member(field, "type").value_or(""));
    auto type = spelling.empty() ? guessed(*id) : formats::datastore_type_named(spelling);
    core::Column column;
    column.name = *id;
    column.title = info_text(info, "label");
    column.description = info_text(info, "notes");
    column.type = type ? std::string(core::column_type_name(type->type)) : spelling;
    request_.definition.columns.push_back(std::move(column));
    request_.fields.push_back({std::string(*id), type ? std::string(type->name) : spelling, info});
  }

  [[nodiscard]] std::optional<formats::DatastoreType> guessed(std::string_view id) const {
    const auto* records = request_.sent_records;
    if (records == nullptr || records->Empty()) return std::nullopt;
    const auto* value = formats::find_member((*records)[0], id);
    if (value == nullptr) return std::nullopt;
    return formats::guess_datastore_type(*value);
  }

  void add_guessed(const rapidjson::Value::Member& member) {
    const auto name = formats::text_of(member.name);
    const auto known = std::any_of(request_.fields.begin(), request_.fields.end(),
                                   [&](const auto& field) { return field.id == name; });
    if (known || name == "_id") return;
    const auto type = formats::guess_datastore_type(member.value);
    core::Column column;
    column.name = name;
    column.type = core::column_type_name(type.type);
    request_.definition.columns.push_back(std::move(column));
    request_.fields.push_back({std::string(name), std::string(type.name), nullptr});
  }

  DatastoreInput& input_;
  TableRequest& request_;
};

void write_names(JsonWriter& json, std::string_view name, const std::vector<std::string>& names) {
  json.key(name).begin_array();
  for (const std::string& each : names) json.string(each);
  json.end_array();
}

void write_result(JsonWriter& json, const std::string& resource_id, const TableRequest& request,
                  const service::RowsWritten& written) {
  json.begin_object().field("resource_id", resource_id).field("method", "insert");
  json.key("fields").begin_array();
  for (const SentField& field : request.fields) {
    json.begin_object().field("id", field.id).field("type", field.type);
    if (field.info != nullptr) json.key("info").value(*field.info);
    json.end_object();
  }
  json.end_array();
  write_names(json, "primary_key", request.definition.primary_key);
  write_names(json, "aliases", request.definition.aliases);
  json.key("indexes").begin_array().end_array();
  json.key("force").boolean(request.force);
  json.key("total").integer(written.rows);
  if (request.include_records && request.sent_records != nullptr) {
    write_records(json.key("records"), *request.sent_records, written.row_ids);
  }
  json.end_object();
}

Outcome define(WriteCall& call, JsonWriter& json, const std::string& id, TableRequest& request) {
  auto written = call.sources.rows.define(id, request.definition, std::move(request.records),
                                          request.force, call.context());
  if (!written) return rows_failed(std::move(written).error(), id);
  write_result(json, id, request, *written);
  return {};
}

// A resource without a file, whose rows are written here.
Checked<std::string> create_resource(WriteCall& call, const rapidjson::Value& dict) {
  const auto package = formats::string_member(dict, "package_id");
  if (!package || package->empty()) return invalid("package_id", "Missing value");
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  const formats::CkanInput input = input_of(call, *shown, formats::AbsentKeys::kClear);
  const std::string id = core::random_uuid();
  std::size_t index = 0;
  const auto edit = [&](DatasetEdit& now) -> core::Result<void> {
    index = now.dataset.resources.size();
    core::Resource resource;
    formats::read_ckan_resource(dict, input, resource, formats::child_pointer("/resources", index),
                                now.wrongs);
    resource.id = id;
    resource.url.clear();
    resource.url_type = "datastore";
    if (resource.format.empty()) resource.format = "CSV";
    now.dataset.resources.push_back(std::move(resource));
    return {};
  };
  auto written = call.sources.datasets.change(*package, edit, call.context());
  if (!written) return write_failed(std::move(written).error(), index);
  return written->dataset.resources.at(index).id;
}

// A call that failed leaves nothing behind.
void take_back(WriteCall& call, const std::string& id) {
  (void)call.sources.datasets.change_of_resource(
      id,
      [&](DatasetEdit& now) -> core::Result<void> {
        std::erase_if(now.dataset.resources, [&](const auto& known) { return known.id == id; });
        return {};
      },
      call.context());
}

Outcome datastore_create(WriteCall& call, JsonWriter& json) {
  DatastoreInput input(call.arguments,
                       {"resource_id", "id", "resource", "force", "aliases", "fields",
                        "delete_fields", "records", "primary_key", "indexes", "triggers",
                        "include_records", "calculate_record_count", "method"});
  const std::string id = input.resource_id();
  const rapidjson::Value* resource = input.object("resource");
  TableRequest request;
  TableReader(input, request).read();
  Checks& checks = input.checks();
  if (resource != nullptr && !id.empty()) {
    checks.fail("resource", "resource cannot be used with resource_id");
  }
  if (resource == nullptr && id.empty()) {
    checks.fail("resource_id", "resource_id or resource required");
  }
  if (call.arguments.find("triggers") != nullptr) {
    checks.fail("triggers", "triggers are not supported");
  }
  if (checks.failed()) return checks.failure();
  if (resource == nullptr) return define(call, json, id, request);
  const auto made = create_resource(call, *resource);
  if (!made) return tl::unexpected(made.error());
  auto defined = define(call, json, *made, request);
  if (!defined) take_back(call, *made);
  return defined;
}

}  // namespace

WriteAction datastore_create_action() {
  return {
      "datastore_create",
      datastore_create,
      {"リソースの表を作り、行を加えます。すでにある表には列と行を加えます。",
       "Makes the table of a resource and adds records; to a table that is there it adds fields "
       "and "
       "records."},
      {{"resource_id",
        {"リソースの ID（resource がなければ必須）",
         "id of the resource (required without resource)"}},
       {"resource",
        {"新しいリソース {package_id, name など}。url_type は datastore になる",
         "a new resource {package_id, name ...}; its url_type becomes datastore"}},
       {"fields",
        {"列 [{id, type, info {label, notes}}]。type がなければ最初の行から推定",
         "fields [{id, type, info {label, notes}}]; without type it is guessed from the first "
         "record"}},
       {"records", {"行 [{列: 値}]", "records [{field: value}]"}},
       {"primary_key",
        {"主キーの列。リストかカンマ区切り", "fields of the key: a list, or commas"}},
       {"aliases", {"表の別名。リストかカンマ区切り", "other names of the table"}},
       {"delete_fields", {"fields にない列を消す（省略時 false）", "fields not listed go (false)"}},
       {"force",
        {"ファイルから作られた表にも書き込む（省略時 false）",
         "write to a table that is made from a file, too (false)"}},
       {"include_records", {"行を返す（省略時 false）", "give the records back (false)"}},
       {"indexes, calculate_record_count, method",
        {"互換のために受け取り、無視します", "taken for compatibility and ignored"}}},
      {"resource_id、fields、primary_key、aliases などの辞書",
       "a dictionary of resource_id, fields, primary_key, aliases and so on"}};
}

}  // namespace minato::http::ckan
