#include "http/handlers/ckan/writes/datastore_input.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "formats/rows_input/json_record.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

constexpr std::string_view kReadOnly =
    "Cannot edit read-only resource because changes made may be lost. Use a resource created for "
    "editing e.g. with url_type=\"datastore\" or use force=True to ignore this warning.";

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// "/records/3/列": 3.
std::optional<std::int64_t> record_of(const core::Error& error) {
  constexpr std::string_view kRecords = "/records/";
  if (error.details.empty() || !error.details[0].param.starts_with(kRecords)) return std::nullopt;
  const std::string_view rest = std::string_view(error.details[0].param).substr(kRecords.size());
  std::int64_t number = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

// A Validation Error about one record, which it names.
tl::unexpected<Failure> record_invalid(std::string_view field, const core::Error& error) {
  const std::string& message =
      error.details.empty() ? error.message.en : error.details[0].message.en;
  CkanError failure;
  failure.fields.push_back({std::string(field), {message}});
  if (const auto row = record_of(error)) {
    failure.nested.emplace_back("records_row", std::to_string(*row));
  }
  return tl::unexpected<Failure>(std::move(failure));
}

// CKAN's field of a wrong in a definition: "/fields/0/id" is "fields".
std::string_view definition_field(const core::ErrorDetail& detail) {
  if (detail.param.starts_with("/aliases")) return "alias";
  if (detail.param.starts_with("/primary_key")) return "primary_key";
  return detail.message.en.starts_with("Duplicate") ? "field" : "fields";
}

tl::unexpected<Failure> definition_invalid(const core::Error& error) {
  CkanError failure;
  for (const core::ErrorDetail& detail : error.details) {
    const std::string field(definition_field(detail));
    const auto known = std::find_if(failure.fields.begin(), failure.fields.end(),
                                    [&](const auto& entry) { return entry.first == field; });
    if (known == failure.fields.end()) {
      failure.fields.push_back({field, {detail.message.en}});
    } else {
      known->second.push_back(detail.message.en);
    }
  }
  return tl::unexpected<Failure>(std::move(failure));
}

}  // namespace

DatastoreInput::DatastoreInput(const Arguments& arguments,
                               std::initializer_list<std::string_view> known)
    : arguments_(arguments), checks_(arguments) {
  for (const std::string_view name : arguments.names()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    checks_.fail(name, "The input field " + shortened(name) + " was not expected.");
  }
}

std::string DatastoreInput::resource_id() {
  std::string id = checks_.text("resource_id");
  return id.empty() ? checks_.text("id") : id;
}

const rapidjson::Value* DatastoreInput::structure(std::string_view name) {
  const rapidjson::Value* value = arguments_.find(name);
  if (value == nullptr || !value->IsString()) return value;
  if (trimmed(formats::text_of(*value)).empty()) return nullptr;
  auto parsed = formats::parse_json(formats::text_of(*value));
  if (!parsed) {
    checks_.fail(name, "Could not parse as valid JSON");
    return nullptr;
  }
  return &parsed_.emplace_back(*std::move(parsed));
}

const rapidjson::Value* DatastoreInput::list(std::string_view name) {
  const rapidjson::Value* value = structure(name);
  if (value == nullptr || value->IsArray()) return value;
  checks_.fail(name, "Not a list");
  return nullptr;
}

const rapidjson::Value* DatastoreInput::object(std::string_view name) {
  const rapidjson::Value* value = structure(name);
  if (value == nullptr || value->IsObject()) return value;
  checks_.fail(name, "Not a dictionary");
  return nullptr;
}

std::vector<std::string> DatastoreInput::names(std::string_view name) {
  std::vector<std::string> names;
  const rapidjson::Value* value = arguments_.find(name);
  if (value == nullptr) return names;
  const bool is_plain = value->IsString() && !trimmed(formats::text_of(*value)).starts_with('[');
  if (!is_plain) {
    if ((value = list(name)) == nullptr) return names;
    for (const auto& item : value->GetArray()) {
      if (item.IsString()) {
        names.emplace_back(formats::text_of(item));
      } else {
        checks_.fail(name, "Not a string");
      }
    }
    return names;
  }
  std::string_view rest = formats::text_of(*value);
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string item = trimmed(rest.substr(0, comma));
    if (!item.empty()) names.push_back(std::move(item));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return names;
}

std::vector<core::RowRecord> DatastoreInput::records() {
  std::vector<core::RowRecord> records;
  const rapidjson::Value* sent = list("records");
  if (sent == nullptr) return records;
  records.reserve(sent->Size());
  for (const auto& item : sent->GetArray()) {
    auto record = formats::read_record(item, "_id");
    if (!record) {
      checks_.fail("records", "row \"" + std::to_string(records.size() + 1) + "\" " +
                                  record.error().message.en);
      return records;
    }
    records.push_back(*std::move(record));
  }
  return records;
}

tl::unexpected<Failure> rows_failed(core::Error error, std::string_view resource_id,
                                    service::RowMethod method) {
  const std::string& id = error.id;
  const bool inserts = method == service::RowMethod::kInsert;
  if (id == "resource-not-found" || id == "table-missing") {
    return not_found("Resource \"" + shortened(resource_id) + "\" was not found.");
  }
  if (id == "table-read-only") return invalid("read-only", kReadOnly);
  if (id == "table-definition-invalid") return definition_invalid(error);
  if (id == "alias-taken") return invalid("alias", error.message.en);
  if (id == "table-without-key") return record_invalid("table", error);
  if (id == "row-key-missing" || id == "row-not-found") return record_invalid("key", error);
  if (id == "row-key-taken" || id == "table-key-not-unique") {
    return record_invalid("constraints", error);
  }
  if (id == "row-column-unknown") return record_invalid(inserts ? "records" : "fields", error);
  if (id == "rows-invalid") return record_invalid("records", error);
  return write_failed(std::move(error));
}

void write_records(formats::JsonWriter& json, const rapidjson::Value& records,
                   const std::vector<std::int64_t>& row_ids) {
  json.begin_array();
  for (rapidjson::SizeType i = 0; i < records.Size(); ++i) {
    json.begin_object();
    if (i < row_ids.size()) json.key("_id").integer(row_ids[i]);
    for (const auto& member : records[i].GetObject()) {
      const auto name = formats::text_of(member.name);
      if (name != "_id") json.key(name).value(member.value);
    }
    json.end_object();
  }
  json.end_array();
}

}  // namespace minato::http::ckan
