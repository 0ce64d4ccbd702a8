#include "formats/dataset_input/input_value.h"

#include <algorithm>
#include <utility>

#include "core/licenses.h"
#include "formats/dataset_input/merge_patch.h"

namespace minato::formats {
namespace {

using rapidjson::Value;

Value string_value(std::string_view text, rapidjson::Document::AllocatorType& allocator) {
  return {text.data(), static_cast<rapidjson::SizeType>(text.size()), allocator};
}

}  // namespace

std::string text_or_member(const Value& value, std::string_view key) {
  if (value.IsString()) return std::string(text_of(value));
  return std::string(string_member(value, key).value_or(""));
}

std::vector<std::string> texts_or_members(const Value& value, std::string_view key) {
  std::vector<std::string> texts;
  if (!value.IsArray()) return texts;
  for (const Value& item : value.GetArray()) texts.push_back(text_or_member(item, key));
  return texts;
}

std::string read_license(const Value& value, const std::string& now) {
  std::string given = text_or_member(value, "id");
  const core::License* license = core::find_license(given);
  return license != nullptr && license == core::find_license(now) ? now : given;
}

std::vector<core::Extra> read_extras(const Value& object) {
  std::vector<core::Extra> extras;
  if (!object.IsObject()) return extras;
  for (const auto& member : object.GetObject()) {
    if (!member.value.IsString()) continue;
    extras.push_back({std::string(text_of(member.name)), std::string(text_of(member.value))});
  }
  std::stable_sort(extras.begin(), extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
  return extras;
}

rapidjson::Document merged(const std::vector<std::pair<std::string_view, std::string>>& now,
                           const Value& patch) {
  rapidjson::Document whole(rapidjson::kObjectType);
  auto& allocator = whole.GetAllocator();
  for (const auto& [key, text] : now) {
    whole.AddMember(string_value(key, allocator), string_value(text, allocator), allocator);
  }
  merge_patch(whole, patch, allocator);
  return whole;
}

std::vector<std::pair<std::string_view, std::string>> pairs_of(
    const std::vector<core::Extra>& extras) {
  std::vector<std::pair<std::string_view, std::string>> pairs;
  for (const core::Extra& extra : extras) pairs.emplace_back(extra.key, extra.value);
  return pairs;
}

}  // namespace minato::formats
