// Reads the members of a JSON object into fields and notes everything that is wrong on the way, so
// that one pass tells all mistakes. A member of a wrong type counts as absent.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "formats/json.h"

namespace minato::formats {

class ObjectReader {
 public:
  // `errors` receives the wrongs; `pointer` is where the object stands. Both must outlive the
  // reader.
  ObjectReader(const rapidjson::Value& object, std::string pointer,
               std::vector<core::ErrorDetail>& errors);

  // Each marks its key as known. null counts as absent.
  std::string text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);  // 0 or more
  std::optional<core::Timestamp> time(std::string_view key);  // ISO 8601
  bool boolean(std::string_view key);                         // absent: false
  std::vector<std::string> texts(std::string_view key);
  // The member if it is an object or a list; nullptr when absent.
  const rapidjson::Value* object(std::string_view key);
  const rapidjson::Value* list(std::string_view key);

  // Call last: every key nobody asked for is an error.
  void refuse_unknown();

  void add_error(std::string_view key, core::LocalizedText message, core::LocalizedText hint = {});
  [[nodiscard]] std::string pointer_to(std::string_view key) const {
    return child_pointer(pointer_, key);
  }

 private:
  const rapidjson::Value* member(std::string_view key);
  void add_type_error(std::string_view key, std::string_view expected,
                      const rapidjson::Value& value);

  const rapidjson::Value& object_;
  std::string pointer_;
  std::vector<core::ErrorDetail>& errors_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace minato::formats
