// write_dataset_document(): what is empty is left out.
#include "formats/dataset_document.h"

namespace minato::formats {
namespace {

void put(JsonWriter& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.field(key, text);
}

void put(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

void put(JsonWriter& json, std::string_view key, const std::vector<core::Extra>& extras) {
  if (extras.empty()) return;
  json.key(key).begin_object();
  for (const core::Extra& extra : extras) json.field(extra.key, extra.value);
  json.end_object();
}

void put(JsonWriter& json, std::string_view key, core::State state) {
  if (state == core::State::kDraft) json.field(key, "draft");
  if (state == core::State::kDeleted) json.field(key, "deleted");
}

// to_ckan_time() keeps the microseconds; UTC is said outright.
void put(JsonWriter& json, std::string_view key, const std::optional<core::Timestamp>& time) {
  if (time) json.field(key, core::to_ckan_time(*time) + "Z");
}

void put_tags(JsonWriter& json, const std::vector<core::Tag>& tags) {
  if (tags.empty()) return;
  json.key("tags").begin_array();
  for (const core::Tag& tag : tags) {
    if (tag.id.empty() && tag.vocabulary_id.empty()) {
      json.string(tag.name);
      continue;
    }
    json.begin_object();
    put(json, "id", tag.id);
    json.field("name", tag.name);
    put(json, "vocabulary_id", tag.vocabulary_id);
    json.end_object();
  }
  json.end_array();
}

void put_columns(JsonWriter& json, const std::vector<core::Column>& columns) {
  if (columns.empty()) return;
  json.key("columns").begin_array();
  for (const core::Column& column : columns) {
    json.begin_object().field("name", column.name);
    put(json, "title", column.title);
    put(json, "type", column.type);
    put(json, "unit", column.unit);
    put(json, "description", column.description);
    json.end_object();
  }
  json.end_array();
}

void put_resource(JsonWriter& json, const core::Resource& resource) {
  json.begin_object();
  put(json, "id", resource.id);
  put(json, "state", resource.state);
  put(json, "name", resource.name);
  put(json, "description", resource.description);
  put(json, "url", resource.url);
  put(json, "url_type", resource.url_type);
  put(json, "format", resource.format);
  put(json, "mimetype", resource.mimetype);
  put(json, "mimetype_inner", resource.mimetype_inner);
  if (resource.size) json.key("size").integer(*resource.size);
  put(json, "hash", resource.hash);
  put(json, "resource_type", resource.resource_type);
  put(json, "cache_url", resource.cache_url);
  put(json, "cache_last_updated", resource.cache_last_updated);
  put(json, "created", std::optional(resource.created));
  put(json, "last_modified", resource.last_modified);
  put(json, "metadata_modified", std::optional(resource.metadata_modified));
  put(json, "license_id", resource.license_id);
  put(json, "blob", resource.blob);
  put_columns(json, resource.columns);
  put(json, "extras", resource.extras);
  json.end_object();
}

void put_texts(JsonWriter& json, const core::Dataset& dataset) {
  put(json, "id", dataset.id);
  put(json, "name", dataset.name);
  put(json, "title", dataset.title);
  put(json, "title_kana", dataset.title_kana);
  put(json, "title_en", dataset.title_en);
  put(json, "notes", dataset.notes);
  put(json, "notes_en", dataset.notes_en);
  put(json, "url", dataset.url);
  put(json, "version", dataset.version);
  put(json, "author", dataset.author);
  put(json, "author_email", dataset.author_email);
  put(json, "maintainer", dataset.maintainer);
  put(json, "maintainer_email", dataset.maintainer_email);
  put(json, "license_id", dataset.license_id);
  put(json, "owner_org", dataset.owner_org);
  put(json, "creator_user_id", dataset.creator_user_id);
  put(json, "language", dataset.language);
  put(json, "frequency", dataset.frequency);
}

void put_nested(JsonWriter& json, const core::Dataset& dataset) {
  if (dataset.temporal != core::Period{}) {
    json.key("temporal").begin_object();
    put(json, "start", dataset.temporal.start);
    put(json, "end", dataset.temporal.end);
    json.end_object();
  }
  if (dataset.contact != core::Contact{}) {
    json.key("contact").begin_object();
    put(json, "name", dataset.contact.name);
    put(json, "email", dataset.contact.email);
    put(json, "url", dataset.contact.url);
    put(json, "phone", dataset.contact.phone);
    json.end_object();
  }
}

}  // namespace

std::string write_dataset_document(const core::Dataset& dataset) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("format").integer(1);
  put_texts(json, dataset);
  put(json, "state", dataset.state);
  if (dataset.is_private) json.key("private").boolean(true);
  put(json, "created", std::optional(dataset.created));
  put(json, "modified", std::optional(dataset.modified));
  put(json, "publish_at", dataset.publish_at);
  put(json, "themes", dataset.themes);
  put(json, "spatial", dataset.spatial);
  put(json, "groups", dataset.groups);
  put_tags(json, dataset.tags);
  put_nested(json, dataset);
  put(json, "extras", dataset.extras);
  if (!dataset.resources.empty()) {
    json.key("resources").begin_array();
    for (const core::Resource& resource : dataset.resources) put_resource(json, resource);
    json.end_array();
  }
  json.end_object();
  return out;
}

}  // namespace minato::formats
