// Our JSON: a parser for texts nobody vouches for, and a writer.
#pragma once

#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::formats {

struct JsonLimits {
  std::size_t max_bytes = std::size_t{16} * 1024 * 1024;
  int max_depth = 64;
};

// RFC 8259, strictly: valid UTF-8, no duplicate keys, no comments, nothing behind the value; a byte
// order mark in front is skipped. Fails with kInvalidArgument "json-syntax" (one detail with
// position "line L column C"), "json-duplicate-key", "json-too-deep", or kTooLarge
// "json-too-large".
core::Result<rapidjson::Document> parse_json(std::string_view text, const JsonLimits& limits = {});

// Views into a value; the value must outlive them.
inline std::string_view text_of(const rapidjson::Value& string) {
  return {string.GetString(), string.GetStringLength()};
}
// The member, or nullptr when `value` is no object or lacks it.
const rapidjson::Value* find_member(const rapidjson::Value& value, std::string_view key);
// The member if it is a string.
std::optional<std::string_view> string_member(const rapidjson::Value& value, std::string_view key);

// "object", "array", "string", "number", "boolean", "null": for messages.
std::string_view json_type_name(const rapidjson::Value& value);

// Appends one reference token to a JSON Pointer (RFC 6901).
std::string child_pointer(std::string_view pointer, std::string_view token);
std::string child_pointer(std::string_view pointer, std::size_t index);

// Writes compact JSON with raw UTF-8 to the end of `out`. Puts the commas; the caller keeps the
// structure right. REQUIRES: valid UTF-8 texts (every door of the program checks that).
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view text);
  JsonWriter& integer(std::int64_t number);
  JsonWriter& number(double number);  // shortest form that reads back equal; NaN and infinity: null
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  // A finished JSON value.
  JsonWriter& raw(std::string_view json);
  // As deep as the value is: REQUIRES one that parse_json() let pass.
  JsonWriter& value(const rapidjson::Value& value);

  // key() and a value in one.
  JsonWriter& field(std::string_view name, std::string_view text) { return key(name).string(text); }
  // null when the text is empty: CKAN's and our "not given".
  JsonWriter& field_or_null(std::string_view name, std::string_view text);

 private:
  void separate();

  std::string& out_;
  bool needs_comma_ = false;
};

// Appends `text` as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace minato::formats
