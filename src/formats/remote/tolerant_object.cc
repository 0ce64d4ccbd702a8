#include "formats/remote/tolerant_object.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "text/utf8.h"

namespace minato::formats {
namespace {

using rapidjson::Value;

constexpr std::size_t kMaxRepairs = 100;
constexpr std::size_t kMaxQuote = 80;

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

bool is_language(std::string_view key, std::string_view language) {
  return key == language ||
         (key.starts_with(language) && key.size() > 2 && (key[2] == '-' || key[2] == '_'));
}

}  // namespace

std::string plain_text(const Value& value) {
  if (value.IsNull()) return {};
  if (value.IsString()) return trimmed(text_of(value));
  std::string json;
  JsonWriter(json).value(value);
  return json == "[]" || json == "{}" ? std::string() : json;
}

TolerantObject::TolerantObject(const Value& object, std::string pointer,
                               std::vector<std::string>& repairs)
    : object_(object), pointer_(std::move(pointer)), repairs_(repairs) {}

const Value* TolerantObject::member(std::string_view key) {
  const Value* value = find_member(object_, key);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

std::string TolerantObject::text(std::string_view key) { return bilingual(key).ja; }

BilingualText TolerantObject::bilingual(std::string_view key) {
  BilingualText result;
  const Value* value = member(key);
  if (value == nullptr) return result;
  if (value->IsArray()) {
    drop(key, plain_text(*value));
    return result;
  }
  if (!value->IsObject()) {
    result.ja = plain_text(*value);
    return result;
  }
  std::string other;
  for (const auto& entry : value->GetObject()) {
    if (!entry.value.IsString()) continue;
    const std::string_view language = text_of(entry.name);
    std::string text = trimmed(text_of(entry.value));
    if (is_language(language, "ja")) {
      result.ja = std::move(text);
    } else if (is_language(language, "en")) {
      result.en = std::move(text);
    } else if (other.empty()) {
      other = std::move(text);
    }
  }
  if (result.ja.empty()) result.ja = result.en.empty() ? other : result.en;
  if (result.ja.empty() && value->MemberCount() > 0) drop(key, plain_text(*value));
  return result;
}

std::optional<std::int64_t> TolerantObject::size(std::string_view key) {
  const Value* value = member(key);
  if (value == nullptr) return std::nullopt;
  if (value->IsInt64() && value->GetInt64() >= 0) return value->GetInt64();
  if (value->IsNumber() && !value->IsUint64() && value->GetDouble() >= 0 &&
      value->GetDouble() < 9e15) {
    return static_cast<std::int64_t>(std::llround(value->GetDouble()));
  }
  const std::string text = plain_text(*value);
  if (text.empty()) return std::nullopt;
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= 0) {
    return number;
  }
  drop(key, text);
  return std::nullopt;
}

std::optional<core::Timestamp> TolerantObject::time(std::string_view key) {
  const std::string text = this->text(key);
  if (text.empty()) return std::nullopt;
  const auto time = core::parse_iso8601(text);
  if (!time) drop(key, text);
  return time;
}

std::vector<std::string> TolerantObject::texts(std::string_view key) {
  std::vector<std::string> result;
  const Value* value = member(key);
  if (value == nullptr) return result;
  if (!value->IsArray()) {
    std::string one = text(key);
    if (!one.empty()) result.push_back(std::move(one));
    return result;
  }
  for (const Value& each : value->GetArray()) {
    if (each.IsNull()) continue;
    if (each.IsObject() || each.IsArray()) {
      drop(key, plain_text(each));
      continue;
    }
    std::string one = plain_text(each);
    if (!one.empty()) result.push_back(std::move(one));
  }
  return result;
}

const Value* TolerantObject::list(std::string_view key) {
  const Value* value = member(key);
  if (value == nullptr || value->IsArray()) return value;
  const std::string text = plain_text(*value);
  if (!text.empty()) drop(key, text);
  return nullptr;
}

const Value* TolerantObject::object(std::string_view key) {
  const Value* value = member(key);
  if (value == nullptr || value->IsObject()) return value;
  const std::string text = plain_text(*value);
  if (!text.empty()) drop(key, text);
  return nullptr;
}

void TolerantObject::drop(std::string_view key, std::string_view what) {
  if (repairs_.size() >= kMaxRepairs) return;
  repairs_.push_back(child_pointer(pointer_, key) + ": " +
                     std::string(text::truncated(what, kMaxQuote)));
}

void put_repairs(core::Dataset& dataset, const std::vector<std::string>& repairs) {
  if (repairs.empty()) return;
  std::string list;
  JsonWriter json(list);
  json.begin_array();
  for (const std::string& repair : repairs) json.string(repair);
  json.end_array();
  std::erase_if(dataset.extras,
                [](const core::Extra& extra) { return extra.key == "harvest_repairs"; });
  dataset.extras.push_back({"harvest_repairs", std::move(list)});
}

void add_extra(std::vector<core::Extra>& extras, std::string_view key, std::string value) {
  if (value.empty() || key.empty()) return;
  const bool is_taken = std::any_of(extras.begin(), extras.end(),
                                    [key](const core::Extra& extra) { return extra.key == key; });
  if (!is_taken) extras.push_back({std::string(key), std::move(value)});
}

}  // namespace minato::formats
