#include "support/pretend_prefecture/json_text.h"

namespace minato::pretend {
namespace {

void append_escape(std::string& out, unsigned unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789abcdef"[unit >> shift & 15U];
}

// REQUIRES: valid UTF-8.
unsigned code_point_at(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  unsigned code = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i)
    code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return code;
}

}  // namespace

void JsonText::separate() {
  if (!is_first_) text_ += ',';
  is_first_ = false;
}

void JsonText::quote(std::string_view text) {
  text_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80 && ascii_) {
      const unsigned code = code_point_at(text, at);
      if (code >= 0x10000) {
        append_escape(text_, 0xD800 + ((code - 0x10000) >> 10));
        append_escape(text_, 0xDC00 + (code & 0x3FF));
      } else {
        append_escape(text_, code);
      }
      continue;
    }
    ++at;
    if (byte < 0x20) {
      append_escape(text_, byte);
    } else {
      if (byte == '"' || byte == '\\') text_ += '\\';
      text_ += static_cast<char>(byte);
    }
  }
  text_ += '"';
}

JsonText& JsonText::begin_object() {
  separate();
  text_ += '{';
  is_first_ = true;
  return *this;
}
JsonText& JsonText::end_object() {
  text_ += '}';
  is_first_ = false;
  return *this;
}
JsonText& JsonText::begin_array() {
  separate();
  text_ += '[';
  is_first_ = true;
  return *this;
}
JsonText& JsonText::end_array() {
  text_ += ']';
  is_first_ = false;
  return *this;
}
JsonText& JsonText::key(std::string_view name) {
  separate();
  quote(name);
  text_ += ':';
  is_first_ = true;
  return *this;
}
JsonText& JsonText::value(std::string_view text) {
  separate();
  quote(text);
  return *this;
}
JsonText& JsonText::value(std::int64_t number) { return raw(std::to_string(number)); }
JsonText& JsonText::value(bool truth) { return raw(truth ? "true" : "false"); }
JsonText& JsonText::null() { return raw("null"); }
JsonText& JsonText::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

}  // namespace minato::pretend
