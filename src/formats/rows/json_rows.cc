#include "formats/rows/json_rows.h"

#include <cmath>
#include <cstring>

#include "formats/json.h"

namespace minato::formats {
namespace {

constexpr std::size_t kBytesPerByte = 6;  // \u0001
constexpr std::size_t kPerCell = 2;

char* put(char* at, std::string_view text) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

char* write_escaped(char* at, std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  return put(at, quoted);
}

// Bytes below # are controls, the blank, ! and the quote; the backslash stands elsewhere.
char* write_json_text(char* at, std::string_view text) {
  constexpr unsigned char kPlainFrom = '"' + 1;
  const bool has_backslash =
      !text.empty() && std::memchr(text.data(), '\\', text.size()) != nullptr;
  if (has_backslash || has_byte_below(text, kPlainFrom)) return write_escaped(at, text);
  *at++ = '"';
  at = put(at, text);
  *at++ = '"';
  return at;
}

}  // namespace

char* write_json_value(char* at, const core::ValueView& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return write_json_text(at, *text);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return write_number(at, *integer);
  if (const auto* number = std::get_if<double>(&value)) {
    return std::isfinite(*number) ? write_number(at, *number) : put(at, "null");
  }
  if (const auto* flag = std::get_if<bool>(&value)) return put(at, *flag ? "true" : "false");
  return put(at, "null");
}

JsonRowText::JsonRowText(const std::vector<std::string>& names, RowShape shape)
    : close_(shape == RowShape::kObjects ? '}' : ']') {
  for (const std::string& name : names) {
    const bool is_first = prefixes_.empty();
    std::string prefix;
    if (shape == RowShape::kObjects) {
      prefix = is_first ? "{" : ",";
      append_json_string(prefix, name);
      prefix += ':';
    } else {
      prefix = is_first ? "[" : ",";
    }
    prefix_bytes_ += prefix.size();
    prefixes_.push_back(std::move(prefix));
  }
}

void JsonRowText::append(std::span<const core::ValueView> values, std::string& out) {
  char* const start =
      buffer_.room(widest(values, kBytesPerByte, kPerCell) + prefix_bytes_ + kPerCell);
  char* at = start;
  for (std::size_t i = 0; i < prefixes_.size(); ++i) {
    at = put(at, prefixes_[i]);
    at = write_json_value(at, values[i]);
  }
  if (prefixes_.empty()) *at++ = close_ == '}' ? '{' : '[';
  *at++ = close_;
  out.append(start, static_cast<std::size_t>(at - start));
}

void JsonRowWriter::begin(std::string& out) {
  if (!lines_) out += '[';
}

void JsonRowWriter::row(std::span<const core::ValueView> values, std::string& out) {
  if (!lines_ && !is_first_) out += ",\n";
  is_first_ = false;
  text_.append(values, out);
  if (lines_) out += '\n';
}

void JsonRowWriter::end(std::string& out) {
  if (!lines_) out += "]\n";
}

}  // namespace minato::formats
