#include "formats/ckan_input/input_object.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace minato::formats {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<std::int64_t> integer_of(std::string_view digits) {
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

}  // namespace

std::string text_of_any(const rapidjson::Value& value) {
  if (value.IsNull()) return {};
  if (value.IsString()) return std::string(text_of(value));
  std::string text;
  JsonWriter(text).value(value);
  return text;
}

const rapidjson::Value* InputObject::member(std::string_view key) const {
  const auto* value = find_member(object_, key);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

std::string InputObject::text(std::string_view key) {
  const auto* value = member(key);
  if (value == nullptr) return {};
  if (!value->IsArray() && !value->IsObject()) return text_of_any(*value);
  wrong(key, {"文字列にしてください。", "Must be a Unicode string value"});
  return {};
}

std::optional<std::int64_t> InputObject::integer(std::string_view key) {
  const auto* value = member(key);
  if (value == nullptr) return std::nullopt;
  std::optional<std::int64_t> number;
  if (value->IsInt64()) {
    number = value->GetInt64();
  } else if (value->IsDouble() &&
             value->GetDouble() == static_cast<double>(static_cast<std::int64_t>(
                                       std::clamp(value->GetDouble(), -9.0e15, 9.0e15)))) {
    number = static_cast<std::int64_t>(value->GetDouble());
  } else if (value->IsString()) {
    const std::string_view digits = trimmed(text_of(*value));
    if (digits.empty()) return std::nullopt;
    number = integer_of(digits);
  }
  if (!number) wrong(key, {"整数ではありません。", "Invalid integer"});
  return number;
}

std::optional<core::Timestamp> InputObject::time(std::string_view key) {
  const auto* value = member(key);
  if (value == nullptr) return std::nullopt;
  if (value->IsString()) {
    const std::string_view text = trimmed(text_of(*value));
    if (text.empty()) return std::nullopt;
    if (const auto time = core::parse_iso8601(text)) return time;
  }
  wrong(key, {"日付の形式が正しくありません。", "Date format incorrect"},
        {"「2024-04-01T09:00:00」の形で書いてください。", "Write it as 2024-04-01T09:00:00."});
  return std::nullopt;
}

bool InputObject::boolean(std::string_view key) {
  static constexpr std::array<std::string_view, 5> kTrue = {"true", "yes", "t", "y", "1"};
  const auto* value = member(key);
  if (value == nullptr) return false;
  if (value->IsBool()) return value->GetBool();
  if (value->IsNumber()) return value->GetDouble() == 1;
  return value->IsString() &&
         std::find(kTrue.begin(), kTrue.end(), lower(trimmed(text_of(*value)))) != kTrue.end();
}

void InputObject::wrong(std::string_view key, core::LocalizedText message,
                        core::LocalizedText hint) {
  core::ErrorDetail detail;
  detail.param = child_pointer(pointer_, key);
  detail.message = std::move(message);
  detail.hint = std::move(hint);
  wrongs_.push_back(std::move(detail));
}

}  // namespace minato::formats
