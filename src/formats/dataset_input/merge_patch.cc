#include "formats/dataset_input/merge_patch.h"

namespace minato::formats {

void merge_patch(rapidjson::Value& target, const rapidjson::Value& patch,
                 rapidjson::Document::AllocatorType& allocator) {
  if (!patch.IsObject()) {
    target.CopyFrom(patch, allocator);
    return;
  }
  if (!target.IsObject()) target.SetObject();
  for (const auto& member : patch.GetObject()) {
    const auto found = target.FindMember(member.name);
    if (member.value.IsNull()) {
      if (found != target.MemberEnd()) target.EraseMember(found);
      continue;
    }
    if (found != target.MemberEnd()) {
      merge_patch(found->value, member.value, allocator);
      continue;
    }
    rapidjson::Value name(member.name, allocator);
    rapidjson::Value value;
    merge_patch(value, member.value, allocator);
    target.AddMember(name, value, allocator);
  }
}

}  // namespace minato::formats
