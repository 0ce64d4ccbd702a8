// Reads members of a JSON object that others wrote: what is of a wrong type is dropped and noted
// instead of failing, so that one odd field does not cost the record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/time.h"
#include "formats/json.h"

namespace minato::formats {

// A text in the languages we keep: {"ja": ..., "en": ...}, or one text for `ja`.
struct BilingualText {
  std::string ja;  // else the first other language there is
  std::string en;
};

class TolerantObject {
 public:
  // `repairs` receives what was dropped: "/resources/2/size: \"large\"". Both must outlive the
  // reader. REQUIRES: an object.
  TolerantObject(const rapidjson::Value& object, std::string pointer,
                 std::vector<std::string>& repairs);

  // null and a missing member give what is empty. Blanks around texts are trimmed; numbers and
  // booleans count as texts.
  std::string text(std::string_view key);
  BilingualText bilingual(std::string_view key);
  std::optional<std::int64_t> size(std::string_view key);  // 0 or more; also as text
  std::optional<core::Timestamp> time(std::string_view key);
  // Elements of a list that are texts, or the one text.
  std::vector<std::string> texts(std::string_view key);
  const rapidjson::Value* list(std::string_view key);
  const rapidjson::Value* object(std::string_view key);

  void drop(std::string_view key, std::string_view what);
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] const rapidjson::Value& value() const { return object_; }

 private:
  const rapidjson::Value* member(std::string_view key);

  const rapidjson::Value& object_;
  std::string pointer_;
  std::vector<std::string>& repairs_;
};

// A scalar as text ("true", "12"), a list or object as compact JSON, null as nothing. Trimmed.
std::string plain_text(const rapidjson::Value& value);

// The repairs as the extra "harvest_repairs" (a JSON list of texts); nothing when there are none.
void put_repairs(core::Dataset& dataset, const std::vector<std::string>& repairs);

// Sets an extra unless the value is empty or the key is taken.
void add_extra(std::vector<core::Extra>& extras, std::string_view key, std::string value);

}  // namespace minato::formats
