// JSON as text, written front to back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace minato::pretend {

class JsonText {
 public:
  // `ascii`: other characters as \uXXXX, as CKAN writes them.
  explicit JsonText(bool ascii = false) : ascii_(ascii) {}

  JsonText& begin_object();
  JsonText& end_object();
  JsonText& begin_array();
  JsonText& end_array();
  JsonText& key(std::string_view name);
  JsonText& value(std::string_view text);
  JsonText& value(const char* text) { return value(std::string_view(text)); }
  JsonText& value(std::int64_t number);
  JsonText& value(bool truth);
  JsonText& null();
  JsonText& raw(std::string_view json);
  // A member: key and value.
  template <typename Value>
  JsonText& member(std::string_view name, const Value& content) {
    return key(name).value(content);
  }
  JsonText& member_or_null(std::string_view name, std::string_view text) {
    key(name);
    return text.empty() ? null() : value(text);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void separate();
  void quote(std::string_view text);

  std::string text_;
  bool ascii_;
  bool is_first_ = true;
};

}  // namespace minato::pretend
