// Reads members of a dictionary with CKAN's coercions and CKAN's messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/names.h"
#include "core/time.h"
#include "formats/json.h"

namespace minato::formats {

class InputObject {
 public:
  // Keeps references. REQUIRES: an object.
  InputObject(const rapidjson::Value& object, std::string pointer, core::ErrorDetails& wrongs)
      : object_(object), pointer_(std::move(pointer)), wrongs_(wrongs) {}

  [[nodiscard]] bool has(std::string_view key) const {
    return find_member(object_, key) != nullptr;
  }
  // nullptr when it is absent or null.
  [[nodiscard]] const rapidjson::Value* member(std::string_view key) const;

  // A text; numbers and booleans as they would be written; null is the empty text. A list or an
  // object is wrong, and the empty text.
  std::string text(std::string_view key);
  // CKAN's int_validator: an integer, or its digits; empty and null are none.
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<core::Timestamp> time(std::string_view key);
  // CKAN's boolean_validator: what is not true is false.
  bool boolean(std::string_view key);

  void wrong(std::string_view key, core::LocalizedText message, core::LocalizedText hint = {});

 private:
  const rapidjson::Value& object_;
  std::string pointer_;
  core::ErrorDetails& wrongs_;
};

// A scalar as text; a list or an object as compact JSON; null as nothing.
std::string text_of_any(const rapidjson::Value& value);

}  // namespace minato::formats
