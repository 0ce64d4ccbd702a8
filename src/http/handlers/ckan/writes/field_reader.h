// Reads fields of a CKAN dictionary that is about to be written. What is wrong is noted for the
// service, which answers with all wrongs at once, after it has checked the permission.
#pragma once

#include <rapidjson/document.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/names.h"
#include "http/handlers/ckan/arguments.h"

namespace minato::http::ckan {

class FieldReader {
 public:
  // Both outlive the reader.
  FieldReader(const Arguments& arguments, core::ErrorDetails& wrongs);

  // Also true of null.
  [[nodiscard]] bool has(std::string_view name) const;
  // nullopt: not sent, or no text (which is noted). null is empty. Numbers and booleans are taken
  // as they would be written.
  std::optional<std::string> text(std::string_view name,
                                  std::size_t max_bytes = core::kMaxTextBytes);
  // A list, or JSON text of one, as forms send it. nullptr: not sent, null, or wrong (which is
  // noted). Valid as long as this.
  const rapidjson::Value* list(std::string_view name);

  // A member of an object in a list. `pointer`: of the object.
  std::optional<std::string> member(const rapidjson::Value& object, std::string_view name,
                                    const std::string& pointer);

  void fail(std::string_view pointer, core::LocalizedText message);

 private:
  std::optional<std::string> as_text(const rapidjson::Value& value, std::string_view pointer,
                                     std::size_t max_bytes);

  const Arguments& arguments_;
  core::ErrorDetails& wrongs_;
  std::deque<rapidjson::Document> parsed_;
};

}  // namespace minato::http::ckan
