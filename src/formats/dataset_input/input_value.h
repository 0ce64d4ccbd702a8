// Values as clients of /api/v1 write them: absent ones are null, and what has an id may be written
// as the id or as the object that GET shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "formats/json.h"

namespace minato::formats {

// The text; of an object, its member `key`. Empty for null.
std::string text_or_member(const rapidjson::Value& value, std::string_view key);
// The same of each item. Empty for null.
std::vector<std::string> texts_or_members(const rapidjson::Value& value, std::string_view key);
// The licence given (id, or object with "id"); `now` when both mean the same one.
std::string read_license(const rapidjson::Value& value, const std::string& now);
// Members with a text, by key.
std::vector<core::Extra> read_extras(const rapidjson::Value& object);

// What is there now, with the patch applied: for members that are objects.
rapidjson::Document merged(const std::vector<std::pair<std::string_view, std::string>>& now,
                           const rapidjson::Value& patch);
std::vector<std::pair<std::string_view, std::string>> pairs_of(
    const std::vector<core::Extra>& extras);

}  // namespace minato::formats
