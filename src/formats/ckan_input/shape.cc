// What lists of a dataset dictionary may hold.
#include <array>

#include "formats/ckan_input/ckan_input.h"

namespace minato::formats {
namespace {

std::string_view python_type(const rapidjson::Value& value) {
  if (value.IsString()) return "str";
  if (value.IsBool()) return "bool";
  if (value.IsObject()) return "dict";
  if (value.IsArray()) return "list";
  return value.IsDouble() ? "float" : "int";
}

bool holds_objects_only(const rapidjson::Value& value) {
  if (!value.IsArray()) return false;
  for (const auto& item : value.GetArray()) {
    if (!item.IsObject()) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> ckan_shape_fault(const rapidjson::Value& dict) {
  static constexpr std::array<std::string_view, 4> kLists = {"resources", "tags", "extras",
                                                             "groups"};
  for (const std::string_view key : kLists) {
    const auto* value = find_member(dict, key);
    if (value == nullptr || value->IsNull() || holds_objects_only(*value)) continue;
    return "Only lists of dicts can be placed against subschema ('" + std::string(key) +
           "',) not <class '" + std::string(python_type(*value)) + "'>";
  }
  return std::nullopt;
}

}  // namespace minato::formats
