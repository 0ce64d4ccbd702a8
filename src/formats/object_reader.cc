#include "formats/object_reader.h"

#include <utility>

#include "core/nearest.h"

namespace minato::formats {

ObjectReader::ObjectReader(const rapidjson::Value& object, std::string pointer,
                           std::vector<core::ErrorDetail>& errors)
    : object_(object), pointer_(std::move(pointer)), errors_(errors) {
  if (object_.IsObject()) return;
  core::ErrorDetail detail;
  detail.param = pointer_;
  detail.message = {"オブジェクト {…} が必要です。", "An object {...} is expected."};
  detail.expected = "object";
  detail.got = json_type_name(object_);
  errors_.push_back(std::move(detail));
}

const rapidjson::Value* ObjectReader::member(std::string_view key) {
  known_.emplace(key);
  const rapidjson::Value* value = find_member(object_, key);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

std::string ObjectReader::text(std::string_view key) {
  const rapidjson::Value* value = member(key);
  if (value == nullptr) return {};
  if (value->IsString()) return std::string(text_of(*value));
  add_type_error(key, "string", *value);
  return {};
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view key) {
  const rapidjson::Value* value = member(key);
  if (value == nullptr) return std::nullopt;
  if (value->IsInt64() && value->GetInt64() >= 0) return value->GetInt64();
  add_type_error(key, "integer, 0 or more", *value);
  return std::nullopt;
}

std::optional<core::Timestamp> ObjectReader::time(std::string_view key) {
  const std::string given = text(key);
  if (given.empty()) return std::nullopt;
  const auto time = core::parse_iso8601(given);
  if (!time) {
    add_error(key, {"日時として読めません。", "This is not a date or time."},
              {"2024-04-01T09:00:00Z の形で書いてください。", "Write it as 2024-04-01T09:00:00Z."});
  }
  return time;
}

bool ObjectReader::boolean(std::string_view key) {
  const rapidjson::Value* value = member(key);
  if (value == nullptr) return false;
  if (value->IsBool()) return value->GetBool();
  add_type_error(key, "boolean", *value);
  return false;
}

std::vector<std::string> ObjectReader::texts(std::string_view key) {
  std::vector<std::string> result;
  const rapidjson::Value* values = list(key);
  if (values == nullptr) return result;
  for (rapidjson::SizeType i = 0; i < values->Size(); ++i) {
    const rapidjson::Value& value = (*values)[i];
    if (value.IsString()) {
      result.emplace_back(text_of(value));
      continue;
    }
    core::ErrorDetail detail;
    detail.param = child_pointer(pointer_to(key), std::size_t{i});
    detail.message = {"文字列が必要です。", "A string is expected."};
    detail.expected = "string";
    detail.got = json_type_name(value);
    errors_.push_back(std::move(detail));
  }
  return result;
}

const rapidjson::Value* ObjectReader::object(std::string_view key) {
  const rapidjson::Value* value = member(key);
  if (value == nullptr || value->IsObject()) return value;
  add_type_error(key, "object", *value);
  return nullptr;
}

const rapidjson::Value* ObjectReader::list(std::string_view key) {
  const rapidjson::Value* value = member(key);
  if (value == nullptr || value->IsArray()) return value;
  add_type_error(key, "array", *value);
  return nullptr;
}

void ObjectReader::refuse_unknown() {
  if (!object_.IsObject()) return;
  const std::vector<std::string_view> candidates(known_.begin(), known_.end());
  for (const auto& entry : object_.GetObject()) {
    const std::string_view key = text_of(entry.name);
    if (known_.contains(key)) continue;
    const std::string meant = key.size() > 100 ? std::string() : core::nearest(key, candidates);
    core::LocalizedText hint = {"つづりを確かめるか、extras に書いてください。",
                                "Check its spelling, or put it into extras."};
    if (!meant.empty()) {
      hint = {"「" + meant + "」のことですか。", "Did you mean \"" + meant + "\"?"};
    }
    add_error(key, {"知らない項目です。", "This property is unknown."}, std::move(hint));
  }
}

void ObjectReader::add_error(std::string_view key, core::LocalizedText message,
                             core::LocalizedText hint) {
  core::ErrorDetail detail;
  detail.param = pointer_to(key);
  detail.message = std::move(message);
  detail.hint = std::move(hint);
  errors_.push_back(std::move(detail));
}

void ObjectReader::add_type_error(std::string_view key, std::string_view expected,
                                  const rapidjson::Value& value) {
  add_error(key, {"値の型が違います。", "The value has a wrong type."});
  errors_.back().expected = expected;
  errors_.back().got = json_type_name(value);
}

}  // namespace minato::formats
