#include "formats/ckan_input/dataset_lists.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/ckan_input/input_object.h"

namespace minato::formats {
namespace {

constexpr std::string_view kMissing = "Missing value";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

class TagList {
 public:
  explicit TagList(const std::vector<core::Tag>& known) : known_(known) {}

  // Twice is once. A tag that the dataset has already keeps its id.
  void add(std::string name, std::string vocabulary_id) {
    const auto same = [&](const core::Tag& tag) {
      return tag.name == name && tag.vocabulary_id == vocabulary_id;
    };
    // One more than there may be is enough to be refused.
    if (is_full() || std::any_of(tags_.begin(), tags_.end(), same)) return;
    const auto known = std::find_if(known_.begin(), known_.end(), same);
    tags_.push_back(
        {known == known_.end() ? "" : known->id, std::move(name), std::move(vocabulary_id)});
  }

  [[nodiscard]] bool is_full() const { return tags_.size() > core::kMaxTags; }

  std::vector<core::Tag> take() {
    std::stable_sort(tags_.begin(), tags_.end(),
                     [](const core::Tag& a, const core::Tag& b) { return a.name < b.name; });
    return std::move(tags_);
  }

 private:
  const std::vector<core::Tag>& known_;
  std::vector<core::Tag> tags_;
};

void add_tag_string(std::string_view text, TagList& tags) {
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const std::string_view name = trimmed(text.substr(0, comma));
    if (!name.empty()) tags.add(std::string(name), "");
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
}

std::string python_key(std::string_view list, std::size_t index, std::string_view key) {
  return "('" + std::string(list) + "', " + std::to_string(index) + ", '" + std::string(key) + "')";
}

}  // namespace

void read_ckan_tags(const rapidjson::Value& dict, const CkanInput& input, core::Dataset& dataset,
                    core::ErrorDetails& wrongs) {
  InputObject in(dict, "", wrongs);
  const bool has_list = in.has("tags");
  if (!has_list && !in.has("tag_string") && input.absent == AbsentKeys::kKeep) return;
  const std::vector<core::Tag> before = std::move(dataset.tags);
  TagList tags(before);
  if (!has_list && input.absent == AbsentKeys::kKeep) {
    for (const core::Tag& tag : before) tags.add(tag.name, tag.vocabulary_id);
  }
  if (const auto* list = in.member("tags")) {
    for (rapidjson::SizeType i = 0; i < list->Size() && !tags.is_full(); ++i) {
      InputObject tag((*list)[i], child_pointer("/tags", i), wrongs);
      std::string name = tag.text("name");
      if (name.empty()) {
        tag.wrong("name", {"値がありません。", std::string(kMissing)});
      } else {
        tags.add(std::move(name), tag.text("vocabulary_id"));
      }
    }
  }
  add_tag_string(in.text("tag_string"), tags);
  dataset.tags = tags.take();
}

void read_ckan_groups(const rapidjson::Value& dict, const CkanInput& input, core::Dataset& dataset,
                      core::ErrorDetails& wrongs) {
  InputObject in(dict, "", wrongs);
  if (!in.has("groups") && input.absent == AbsentKeys::kKeep) return;
  dataset.groups.clear();
  const auto* list = in.member("groups");
  if (list == nullptr) return;
  for (rapidjson::SizeType i = 0; i < list->Size() && i <= core::kMaxTags; ++i) {
    InputObject group((*list)[i], child_pointer("/groups", i), wrongs);
    std::string id = group.text("id");
    if (id.empty()) id = group.text("name");
    if (id.empty()) {
      group.wrong("id", {"値がありません。", std::string(kMissing)});
    } else if (std::find(dataset.groups.begin(), dataset.groups.end(), id) ==
               dataset.groups.end()) {
      dataset.groups.push_back(std::move(id));
    }
  }
}

void note_ckan_junk(const rapidjson::Value& dict, core::ErrorDetails& wrongs) {
  static constexpr std::array<std::string_view, 6> kLists = {
      "resources",
      "tags",
      "extras",
      "groups",
      "relationships_as_subject",
      "relationships_as_object",
  };
  std::string junk;
  for (const auto& member : dict.GetObject()) {
    const std::string_view key = text_of(member.name);
    const bool is_known = std::find(kLists.begin(), kLists.end(), key) != kLists.end();
    const bool is_list = member.value.IsArray() && !member.value.Empty();
    if (is_known || !is_list || !member.value[0].IsObject() || junk.size() > 1000) continue;
    for (const auto& inner : member.value[0].GetObject()) {
      if (!junk.empty()) junk += ", ";
      junk += python_key(key.substr(0, 100), 0, text_of(inner.name).substr(0, 100));
    }
  }
  if (junk.empty()) return;
  InputObject in(dict, "", wrongs);
  in.wrong("__junk", {"知らない項目です: [" + junk + "]",
                      "The input field [" + junk + "] was not expected."});
}

}  // namespace minato::formats
