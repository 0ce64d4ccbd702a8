#include "web/site/api_schema.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "formats/json.h"

namespace minato::web {
namespace {

using formats::find_member;
using formats::string_member;
using formats::text_of;
using rapidjson::Value;

constexpr int kMaxReferences = 8;
constexpr int kMaxDepth = 3;
constexpr std::size_t kMaxFields = 120;
constexpr std::size_t kMaxChoices = 24;

// A value as somebody would send it.
std::string plain(const Value& value) {
  if (value.IsString()) return std::string(text_of(value));
  std::string out;
  formats::JsonWriter(out).value(value);
  return out;
}

bool is_required(const Value& schema, std::string_view name) {
  const Value* required = find_member(schema, "required");
  if (required == nullptr || !required->IsArray()) return false;
  const auto list = required->GetArray();
  return std::any_of(list.Begin(), list.End(),
                     [name](const Value& one) { return one.IsString() && text_of(one) == name; });
}

const Value* first_of(const Value& schema, const char* key) {
  const Value* list = find_member(schema, key);
  return list != nullptr && list->IsArray() && !list->Empty() ? &(*list)[0] : nullptr;
}

std::vector<std::string> choices_of(const Value& schema) {
  std::vector<std::string> choices;
  const Value* list = find_member(schema, "enum");
  if (list == nullptr || !list->IsArray() || list->Size() > kMaxChoices) return choices;
  for (const Value& one : list->GetArray()) {
    if (!one.IsNull()) choices.push_back(plain(one));
  }
  return choices;
}

}  // namespace

const Value& ApiSchemas::resolved(const Value& value) const {
  const Value* at = &value;
  for (int step = 0; step < kMaxReferences; ++step) {
    const auto reference = string_member(*at, "$ref");
    if (!reference) return *at;
    if (!reference->starts_with("#/")) throw std::logic_error("openapi: foreign reference");
    std::string_view rest = reference->substr(2);
    at = &document_;
    while (!rest.empty() && at != nullptr) {
      const std::size_t end = std::min(rest.find('/'), rest.size());
      at = find_member(*at, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (at == nullptr) throw std::logic_error("openapi: nothing at " + std::string(*reference));
  }
  throw std::logic_error("openapi: references in a circle");
}

std::string ApiSchemas::text(const Value& value, const char* key) const {
  const auto found = string_member(value, key);
  return found ? half_of(*found, language_) : std::string();
}

std::string ApiSchemas::one_type(std::string_view type, const Value& schema) const {
  if (type == "array") {
    const Value* items = find_member(schema, "items");
    if (items == nullptr) return texts_["docs_type_array"];
    return texts_.with("docs_type_array_of", {{"items", type_words(*items)}});
  }
  static constexpr std::array<std::pair<std::string_view, const char*>, 6> kTypes = {
      {{"string", "docs_type_string"},
       {"integer", "docs_type_integer"},
       {"number", "docs_type_number"},
       {"boolean", "docs_type_boolean"},
       {"object", "docs_type_object"},
       {"null", "docs_type_null"}}};
  for (const auto& [name, key] : kTypes) {
    if (name != type) continue;
    const auto format = string_member(schema, "format");
    if (!format || type == "null") return texts_[key];
    return texts_[key] + " (" + std::string(*format) + ")";
  }
  return std::string(type);
}

std::string ApiSchemas::type_words(const Value& raw) const {
  const Value& schema = resolved(raw);
  const Value* type = find_member(schema, "type");
  if (type != nullptr && type->IsString()) return one_type(text_of(*type), schema);
  std::string words;
  const auto add = [&](const std::string& one) {
    words += (words.empty() ? "" : texts_["docs_or"]) + one;
  };
  if (type != nullptr && type->IsArray()) {
    for (const Value& one : type->GetArray()) add(one_type(text_of(one), schema));
    return words;
  }
  for (const char* key : {"oneOf", "anyOf"}) {
    const Value* list = find_member(schema, key);
    if (list == nullptr || !list->IsArray()) continue;
    for (const Value& one : list->GetArray()) add(type_words(one));
    return words;
  }
  if (const Value* value = find_member(schema, "const")) return plain(*value);
  const bool object =
      find_member(schema, "properties") != nullptr || find_member(schema, "allOf") != nullptr;
  return texts_[object ? "docs_type_object" : "docs_type_any"];
}

std::string ApiSchemas::limits_of(const Value& schema) const {
  std::vector<std::string> parts;
  const Value* low = find_member(schema, "minimum");
  const Value* high = find_member(schema, "maximum");
  if (low != nullptr && high != nullptr) {
    parts.push_back(texts_.with("docs_between", {{"low", plain(*low)}, {"high", plain(*high)}}));
  } else if (low != nullptr) {
    parts.push_back(texts_.with("docs_at_least", {{"low", plain(*low)}}));
  } else if (high != nullptr) {
    parts.push_back(texts_.with("docs_at_most", {{"high", plain(*high)}}));
  }
  if (const Value* length = find_member(schema, "maxLength")) {
    parts.push_back(texts_.with("docs_max_length", {{"count", plain(*length)}}));
  }
  if (const Value* usual = find_member(schema, "default")) {
    parts.push_back(texts_.with("docs_default", {{"value", plain(*usual)}}));
  }
  std::string words;
  for (const std::string& part : parts) words += (words.empty() ? "" : texts_["docs_and"]) + part;
  return words;
}

void ApiSchemas::describe(const Value& raw, ApiField& field) const {
  const Value& schema = resolved(raw);
  field.type = type_words(schema);
  field.choices = choices_of(schema);
  if (const Value* items = find_member(schema, "items"); items != nullptr) {
    if (field.choices.empty()) field.choices = choices_of(resolved(*items));
  }
  field.limits = limits_of(schema);
  if (const Value* example = first_of(schema, "examples")) field.example = plain(*example);
}

std::vector<ApiField> ApiSchemas::fields_of(const Value& schema) const {
  std::vector<ApiField> fields;
  add_members(schema, {"", 0}, fields);
  return fields;
}

void ApiSchemas::add_member(const Value& raw, const ApiField& named, int depth,
                            std::vector<ApiField>& fields) const {
  const Value& schema = resolved(raw);
  ApiField field = named;
  field.description = text(schema, "description");
  describe(schema, field);
  // allOf of an envelope names a member again to say more of it.
  const auto same = std::find_if(fields.begin(), fields.end(),
                                 [&](const ApiField& one) { return one.name == field.name; });
  if (same == fields.end()) {
    if (fields.size() >= kMaxFields) return;
    fields.push_back(field);
  } else {
    if (field.description.empty()) field.description = same->description;
    field.required = field.required || same->required;
    *same = field;
  }
  add_members(schema, {field.name, depth + 1}, fields);
}

void ApiSchemas::add_members(const Value& raw, const Place& place,
                             std::vector<ApiField>& fields) const {
  if (place.depth > kMaxDepth) return;
  const Value& schema = resolved(raw);
  if (const Value* parts = find_member(schema, "allOf"); parts != nullptr && parts->IsArray()) {
    for (const Value& part : parts->GetArray()) add_members(part, place, fields);
  }
  for (const char* key : {"oneOf", "anyOf"}) {
    const Value* parts = find_member(schema, key);
    if (parts == nullptr || !parts->IsArray()) continue;
    for (const Value& part : parts->GetArray()) add_members(part, place, fields);
  }
  if (const Value* items = find_member(schema, "items")) {
    add_members(*items, {place.path + "[]", place.depth}, fields);
  }
  const Value* members = find_member(schema, "properties");
  if (members == nullptr || !members->IsObject()) return;
  for (const auto& [name, member] : members->GetObject()) {
    ApiField field;
    const std::string own(text_of(name));
    field.name = place.path.empty() ? own : place.path + "." + own;
    field.required = is_required(schema, own);
    add_member(member, field, place.depth, fields);
  }
}

}  // namespace minato::web
