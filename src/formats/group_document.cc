#include "formats/group_document.h"

#include <string_view>

#include "formats/json.h"

namespace minato::formats {
namespace {

void put(JsonWriter& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.field(key, text);
}

void put(JsonWriter& json, std::string_view key, const std::optional<double>& number) {
  if (number) json.key(key).number(*number);
}

std::string_view state_name(core::State state) {
  switch (state) {
    case core::State::kDraft:
      return "draft";
    case core::State::kDeleted:
      return "deleted";
    case core::State::kActive:
      break;
  }
  return "active";
}

}  // namespace

std::string write_group_document(const core::Group& group) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("format").integer(1);
  json.field("kind", group.kind == core::GroupKind::kOrganization ? "organization" : "group");
  json.field("id", group.id).field("name", group.name).field("state", state_name(group.state));
  put(json, "title", group.title);
  put(json, "title_kana", group.title_kana);
  put(json, "title_en", group.title_en);
  put(json, "description", group.description);
  put(json, "image_url", group.image_url);
  put(json, "homepage", group.homepage);
  put(json, "parent", group.parent);
  put(json, "municipality_kind", group.municipality_kind);
  put(json, "county", group.county);
  put(json, "latitude", group.latitude);
  put(json, "longitude", group.longitude);
  json.field("created", core::to_ckan_time(group.created) + "Z");
  if (!group.extras.empty()) {
    json.key("extras").begin_object();
    for (const core::Extra& extra : group.extras) json.field(extra.key, extra.value);
    json.end_object();
  }
  json.end_object();
  return out;
}

std::string write_vocabulary_document(const core::Vocabulary& vocabulary,
                                      const std::vector<core::Tag>& tags) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("format").integer(1);
  json.field("id", vocabulary.id).field("name", vocabulary.name);
  json.key("tags").begin_array();
  for (const core::Tag& tag : tags) json.string(tag.name);
  json.end_array().end_object();
  return out;
}

std::string write_tag_document(const core::Tag& tag) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("format").integer(1);
  json.field("id", tag.id).field("name", tag.name);
  put(json, "vocabulary_id", tag.vocabulary_id);
  json.end_object();
  return out;
}

}  // namespace minato::formats
