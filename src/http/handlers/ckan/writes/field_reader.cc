#include "http/handlers/ckan/writes/field_reader.h"

#include <algorithm>
#include <utility>

#include "formats/json.h"

namespace minato::http::ckan {
namespace {

constexpr rapidjson::SizeType kMaxItems = 10'000;
constexpr int kMaxDepth = 8;

std::string pointer_to(std::string_view name) { return "/" + std::string(name); }

}  // namespace

FieldReader::FieldReader(const Arguments& arguments, core::ErrorDetails& wrongs)
    : arguments_(arguments), wrongs_(wrongs) {}

bool FieldReader::has(std::string_view name) const {
  const auto names = arguments_.names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<std::string> FieldReader::text(std::string_view name, std::size_t max_bytes) {
  const auto* value = arguments_.find(name);
  if (value != nullptr) return as_text(*value, pointer_to(name), max_bytes);
  if (has(name)) return std::string();
  return std::nullopt;
}

const rapidjson::Value* FieldReader::list(std::string_view name) {
  const auto* value = arguments_.find(name);
  if (value != nullptr && value->IsString()) {
    auto document = formats::parse_json(formats::text_of(*value), {core::kMaxTextBytes, kMaxDepth});
    if (document) {
      parsed_.push_back(std::move(*document));
      value = &parsed_.back();
    }
  }
  if (value == nullptr || value->IsNull()) return nullptr;
  if (!value->IsArray()) {
    fail(pointer_to(name), {"リストではありません。", "Must be a list"});
    return nullptr;
  }
  if (value->Size() > kMaxItems) {
    fail(pointer_to(name), {"多すぎます（10000 まで）。", "Must be a list of at most 10000 items"});
    return nullptr;
  }
  return value;
}

std::optional<std::string> FieldReader::member(const rapidjson::Value& object,
                                               std::string_view name, const std::string& pointer) {
  const auto* value = formats::find_member(object, name);
  if (value == nullptr || value->IsNull()) return std::nullopt;
  return as_text(*value, formats::child_pointer(pointer, name), core::kMaxTextBytes);
}

std::optional<std::string> FieldReader::as_text(const rapidjson::Value& value,
                                                std::string_view pointer, std::size_t max_bytes) {
  if (value.IsNumber() || value.IsBool()) {
    std::string text;
    formats::JsonWriter(text).value(value);
    return text;
  }
  if (!value.IsString()) {
    fail(pointer, {"文字列ではありません。", "Must be a text, not a list or an object"});
    return std::nullopt;
  }
  const std::string_view text = formats::text_of(value);
  if (text.size() > max_bytes) {
    const std::string most = std::to_string(max_bytes);
    fail(pointer, {"長すぎます（" + most + " バイト以内）。",
                   "Must be a maximum of " + most + " bytes long"});
  } else if (text.find('\0') != std::string_view::npos) {
    fail(pointer, {"NUL 文字は使えません。", "Null characters are not allowed"});
  } else {
    return std::string(text);
  }
  return std::nullopt;
}

void FieldReader::fail(std::string_view pointer, core::LocalizedText message) {
  core::ErrorDetail detail;
  detail.param = pointer;
  detail.message = std::move(message);
  wrongs_.push_back(std::move(detail));
}

}  // namespace minato::http::ckan
