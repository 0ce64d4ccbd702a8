#include "http/handlers/ckan/arguments.h"

#include <string>
#include <unordered_map>

#include "formats/json.h"

namespace minato::http::ckan {
namespace {

rapidjson::Value copy_of(std::string_view text, rapidjson::Document::AllocatorType& allocator) {
  return {text.data(), static_cast<rapidjson::SizeType>(text.size()), allocator};
}

}  // namespace

Arguments Arguments::from_params(const Params& params) {
  Arguments arguments;
  auto& object = arguments.object_;
  auto& allocator = object.GetAllocator();
  std::unordered_map<std::string_view, rapidjson::SizeType> places;
  for (const auto& [name, text] : params) {
    const auto [place, is_new] = places.emplace(name, object.MemberCount());
    if (is_new) {
      object.AddMember(copy_of(name, allocator), copy_of(text, allocator), allocator);
      continue;
    }
    rapidjson::Value& value = (object.MemberBegin() + place->second)->value;
    if (!value.IsArray()) {
      rapidjson::Value list(rapidjson::kArrayType);
      list.PushBack(value, allocator);
      value = list;
    }
    value.PushBack(copy_of(text, allocator), allocator);
  }
  return arguments;
}

const rapidjson::Value* Arguments::find(std::string_view name) const {
  const rapidjson::Value* value = formats::find_member(object_, name);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

std::vector<std::string_view> Arguments::names() const {
  std::vector<std::string_view> names;
  for (const auto& member : object_.GetObject()) names.push_back(formats::text_of(member.name));
  return names;
}

void Arguments::remove(std::string_view name) {
  object_.RemoveMember(rapidjson::StringRef(name.data(), name.size()));
}

}  // namespace minato::http::ckan
