#include "http/handlers/ckan/checks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "formats/json.h"

namespace minato::http::ckan {
namespace {

constexpr std::size_t kMaxTextBytes = 8 * 1024;
constexpr std::size_t kMaxListItems = 1000;
constexpr std::string_view kInvalidInteger = "Invalid integer";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

// Decimal digits with an optional sign; what does not fit becomes the nearest number that does.
std::optional<std::int64_t> parse_integer(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  std::int64_t number = 0;
  for (const char c : text) {
    const std::int64_t digit = c - '0';
    if (number > (kMax - digit) / 10) return negative ? -kMax : kMax;
    number = number * 10 + digit;
  }
  return negative ? -number : number;
}

std::optional<std::int64_t> integer_of(const rapidjson::Value& value) {
  if (value.IsInt64()) return value.GetInt64();
  if (value.IsString()) return parse_integer(formats::text_of(value));
  if (!value.IsNumber()) return std::nullopt;
  const double number = value.GetDouble();
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  if (std::trunc(number) != number) return std::nullopt;
  if (number >= 9.2e18) return kMax;
  if (number <= -9.2e18) return -kMax;
  return static_cast<std::int64_t>(number);
}

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

std::optional<std::string> Checks::as_text(std::string_view name, const rapidjson::Value& value) {
  if (value.IsString()) {
    const std::string_view text = formats::text_of(value);
    if (text.size() > kMaxTextBytes) {
      fail(name, "Must be a maximum of 8192 bytes long");
    } else if (text.find('\0') != std::string_view::npos) {
      fail(name, "Null characters are not allowed");
    } else {
      return std::string(text);
    }
    return std::nullopt;
  }
  if (value.IsNumber() || value.IsBool()) {
    std::string text;
    formats::JsonWriter(text).value(value);
    return text;
  }
  fail(name, "Must be a text, not a list or an object");
  return std::nullopt;
}

std::string Checks::text(std::string_view name) {
  const auto* value = arguments_.find(name);
  return value == nullptr ? std::string() : as_text(name, *value).value_or("");
}

std::string Checks::required(std::string_view name) {
  const auto* value = arguments_.find(name);
  if (value == nullptr) {
    fail(name, "Missing value");
    return {};
  }
  const auto text = as_text(name, *value);
  if (text && text->empty()) fail(name, "Missing value");
  return text.value_or("");
}

std::string Checks::present(std::string_view name) {
  if (arguments_.find(name) == nullptr) fail(name, "Missing value");
  return text(name);
}

std::optional<std::int64_t> Checks::integer(std::string_view name) {
  const auto* value = arguments_.find(name);
  if (value == nullptr) return std::nullopt;
  if (value->IsString() && trimmed(formats::text_of(*value)).empty()) return std::nullopt;
  const auto number = integer_of(*value);
  if (!number) fail(name, kInvalidInteger);
  return number;
}

std::int64_t Checks::natural(std::string_view name, std::int64_t absent) {
  const auto number = integer(name);
  if (number && *number < 0) fail(name, "Must be a natural number");
  return number.value_or(absent);
}

bool Checks::boolean(std::string_view name, bool absent) {
  static constexpr std::array<std::string_view, 5> kTrue = {"true", "yes", "t", "y", "1"};
  const auto* value = arguments_.find(name);
  if (value == nullptr) return absent;
  if (value->IsBool()) return value->GetBool();
  if (value->IsNumber()) return value->GetDouble() == 1;
  return value->IsString() && is_one_of(lower(trimmed(formats::text_of(*value))), kTrue);
}

bool Checks::flag(std::string_view name, bool absent) {
  static constexpr std::array<std::string_view, 6> kTrue = {"true", "yes", "t", "y", "1", "on"};
  static constexpr std::array<std::string_view, 6> kFalse = {"false", "no", "f", "n", "0", "off"};
  if (arguments_.find(name) == nullptr) return absent;
  const std::string word = lower(trimmed(text(name)));
  if (is_one_of(word, kTrue)) return true;
  if (word.empty()) return absent;
  if (!is_one_of(word, kFalse)) fail(name, "Must be true or false");
  return false;
}

void Checks::append_items(std::string_view name, const rapidjson::Value& array,
                          std::vector<std::string>& items) {
  if (array.Size() > kMaxListItems) {
    fail(name, "Must be a list of at most 1000 items");
    return;
  }
  for (const auto& item : array.GetArray()) {
    auto text = as_text(name, item);
    if (!text) return;
    items.push_back(std::move(*text));
  }
}

std::vector<std::string> Checks::list(std::string_view name) {
  std::vector<std::string> items;
  const auto* value = arguments_.find(name);
  if (value == nullptr) return items;
  if (value->IsArray()) {
    append_items(name, *value, items);
    return items;
  }
  std::string one = text(name);
  if (trimmed(one).starts_with('[')) {
    const auto parsed = formats::parse_json(one, {kMaxTextBytes, 2});
    if (parsed && parsed->IsArray()) {
      append_items(name, *parsed, items);
    } else {
      fail(name, "Could not parse as valid JSON");
    }
  } else if (!trimmed(one).empty()) {
    items.push_back(std::move(one));
  }
  return items;
}

void Checks::fail(std::string_view name, std::string_view message) {
  for (auto& [field, messages] : error_.fields) {
    if (field == name) {
      messages.emplace_back(message);
      return;
    }
  }
  error_.fields.push_back({std::string(name), {std::string(message)}});
}

core::Visibility read_widening(Checks& checks) {
  core::Visibility widened;
  widened.include_private = checks.boolean("include_private", false);
  widened.include_drafts = checks.boolean("include_drafts", false);
  widened.include_deleted = checks.boolean("include_deleted", false);
  return widened;
}

}  // namespace minato::http::ckan
