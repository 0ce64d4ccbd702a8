#include "formats/remote/raw_dataset.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "formats/object_reader.h"

namespace minato::formats {
namespace {

using rapidjson::Value;
using Errors = std::vector<core::ErrorDetail>;

template <typename T>
struct TextField {
  std::string_view key;
  std::string T::*member;
};

constexpr std::array kDatasetTexts = {
    TextField<core::Dataset>{"name", &core::Dataset::name},
    TextField<core::Dataset>{"title", &core::Dataset::title},
    TextField<core::Dataset>{"title_kana", &core::Dataset::title_kana},
    TextField<core::Dataset>{"title_en", &core::Dataset::title_en},
    TextField<core::Dataset>{"notes", &core::Dataset::notes},
    TextField<core::Dataset>{"notes_en", &core::Dataset::notes_en},
    TextField<core::Dataset>{"url", &core::Dataset::url},
    TextField<core::Dataset>{"version", &core::Dataset::version},
    TextField<core::Dataset>{"author", &core::Dataset::author},
    TextField<core::Dataset>{"author_email", &core::Dataset::author_email},
    TextField<core::Dataset>{"maintainer", &core::Dataset::maintainer},
    TextField<core::Dataset>{"maintainer_email", &core::Dataset::maintainer_email},
    TextField<core::Dataset>{"license_id", &core::Dataset::license_id},
    TextField<core::Dataset>{"frequency", &core::Dataset::frequency},
    TextField<core::Dataset>{"language", &core::Dataset::language},
};

constexpr std::array kResourceTexts = {
    TextField<core::Resource>{"id", &core::Resource::id},
    TextField<core::Resource>{"name", &core::Resource::name},
    TextField<core::Resource>{"description", &core::Resource::description},
    TextField<core::Resource>{"url", &core::Resource::url},
    TextField<core::Resource>{"url_type", &core::Resource::url_type},
    TextField<core::Resource>{"format", &core::Resource::format},
    TextField<core::Resource>{"mimetype", &core::Resource::mimetype},
    TextField<core::Resource>{"mimetype_inner", &core::Resource::mimetype_inner},
    TextField<core::Resource>{"hash", &core::Resource::hash},
    TextField<core::Resource>{"resource_type", &core::Resource::resource_type},
    TextField<core::Resource>{"cache_url", &core::Resource::cache_url},
    TextField<core::Resource>{"license_id", &core::Resource::license_id},
};

constexpr std::array kContactTexts = {
    TextField<core::Contact>{"name", &core::Contact::name},
    TextField<core::Contact>{"email", &core::Contact::email},
    TextField<core::Contact>{"url", &core::Contact::url},
    TextField<core::Contact>{"phone", &core::Contact::phone},
};

constexpr std::array kPeriodTexts = {
    TextField<core::Period>{"start", &core::Period::start},
    TextField<core::Period>{"end", &core::Period::end},
};

constexpr std::array kColumnTexts = {
    TextField<core::Column>{"name", &core::Column::name},
    TextField<core::Column>{"title", &core::Column::title},
    TextField<core::Column>{"type", &core::Column::type},
    TextField<core::Column>{"unit", &core::Column::unit},
    TextField<core::Column>{"description", &core::Column::description},
};

constexpr std::array kExtraTexts = {
    TextField<core::Extra>{"key", &core::Extra::key},
    TextField<core::Extra>{"value", &core::Extra::value},
};

template <typename T, std::size_t N>
void put_texts(JsonWriter& json, const T& from, const std::array<TextField<T>, N>& fields) {
  for (const auto& field : fields) {
    if (!(from.*field.member).empty()) json.field(field.key, from.*field.member);
  }
}

template <typename T, std::size_t N>
void put_object(JsonWriter& json, std::string_view key, const T& from,
                const std::array<TextField<T>, N>& fields) {
  if (from == T{}) return;
  json.key(key).begin_object();
  put_texts(json, from, fields);
  json.end_object();
}

template <typename T, std::size_t N>
void put_objects(JsonWriter& json, std::string_view key, const std::vector<T>& list,
                 const std::array<TextField<T>, N>& fields) {
  if (list.empty()) return;
  json.key(key).begin_array();
  for (const T& each : list) {
    json.begin_object();
    put_texts(json, each, fields);
    json.end_object();
  }
  json.end_array();
}

void put_list(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

void put_time(JsonWriter& json, std::string_view key, std::optional<core::Timestamp> time) {
  if (time && time->us != 0) json.field(key, core::to_ckan_time(*time));
}

void put_resource(JsonWriter& json, const core::Resource& resource) {
  json.begin_object();
  put_texts(json, resource, kResourceTexts);
  if (resource.size) json.key("size").integer(*resource.size);
  put_time(json, "created", resource.created);
  put_time(json, "last_modified", resource.last_modified);
  put_time(json, "metadata_modified", resource.metadata_modified);
  put_time(json, "cache_last_updated", resource.cache_last_updated);
  put_objects(json, "columns", resource.columns, kColumnTexts);
  put_objects(json, "extras", resource.extras, kExtraTexts);
  json.end_object();
}

template <typename T, std::size_t N>
void take_texts(ObjectReader& in, T& to, const std::array<TextField<T>, N>& fields) {
  for (const auto& field : fields) to.*field.member = in.text(field.key);
}

template <typename T, std::size_t N>
T take_object(ObjectReader& in, std::string_view key, const std::array<TextField<T>, N>& fields,
              Errors& errors) {
  T result;
  const Value* object = in.object(key);
  if (object == nullptr) return result;
  ObjectReader reader(*object, in.pointer_to(key), errors);
  take_texts(reader, result, fields);
  return result;
}

template <typename T, std::size_t N>
std::vector<T> take_objects(ObjectReader& in, std::string_view key,
                            const std::array<TextField<T>, N>& fields, Errors& errors) {
  std::vector<T> result;
  const Value* list = in.list(key);
  if (list == nullptr) return result;
  for (const Value& value : list->GetArray()) {
    ObjectReader reader(value, in.pointer_to(key), errors);
    take_texts(reader, result.emplace_back(), fields);
  }
  return result;
}

core::Resource take_resource(const Value& value, Errors& errors) {
  ObjectReader in(value, "/resources", errors);
  core::Resource resource;
  take_texts(in, resource, kResourceTexts);
  resource.size = in.integer("size");
  resource.created = in.time("created").value_or(core::Timestamp{});
  resource.last_modified = in.time("last_modified");
  resource.metadata_modified = in.time("metadata_modified").value_or(core::Timestamp{});
  resource.cache_last_updated = in.time("cache_last_updated");
  resource.columns = take_objects(in, "columns", kColumnTexts, errors);
  resource.extras = take_objects(in, "extras", kExtraTexts, errors);
  return resource;
}

core::Dataset take_dataset(const Value& value, Errors& errors) {
  ObjectReader in(value, "", errors);
  core::Dataset dataset;
  take_texts(in, dataset, kDatasetTexts);
  dataset.created = in.time("created").value_or(core::Timestamp{});
  dataset.modified = in.time("modified").value_or(core::Timestamp{});
  dataset.themes = in.texts("themes");
  dataset.spatial = in.texts("spatial");
  for (std::string& name : in.texts("tags")) dataset.tags.push_back({"", std::move(name), ""});
  dataset.temporal = take_object(in, "temporal", kPeriodTexts, errors);
  dataset.contact = take_object(in, "contact", kContactTexts, errors);
  dataset.extras = take_objects(in, "extras", kExtraTexts, errors);
  if (const Value* list = in.list("resources")) {
    for (const Value& each : list->GetArray()) {
      dataset.resources.push_back(take_resource(each, errors));
      dataset.resources.back().position = static_cast<std::int64_t>(dataset.resources.size()) - 1;
    }
  }
  return dataset;
}

tl::unexpected<core::Error> unreadable(std::string internal, Errors details) {
  auto failure = core::fail(core::ErrorCode::kInvalidArgument, "harvest-content",
                            {"保存しておいた収集内容を読めません。",
                             "The kept content of the harvested record cannot be read."},
                            {"収集をやり直してください（minato harvest run）。",
                             "Run the harvest again (minato harvest run)."});
  failure.value().internal = std::move(internal);
  failure.value().details = std::move(details);
  return failure;
}

}  // namespace

std::string write_raw_dataset(const core::Dataset& dataset) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  put_texts(json, dataset, kDatasetTexts);
  put_time(json, "created", dataset.created);
  put_time(json, "modified", dataset.modified);
  put_list(json, "themes", dataset.themes);
  put_list(json, "spatial", dataset.spatial);
  std::vector<std::string> tags;
  for (const core::Tag& tag : dataset.tags) tags.push_back(tag.name);
  put_list(json, "tags", tags);
  put_object(json, "temporal", dataset.temporal, kPeriodTexts);
  put_object(json, "contact", dataset.contact, kContactTexts);
  put_objects(json, "extras", dataset.extras, kExtraTexts);
  if (!dataset.resources.empty()) {
    json.key("resources").begin_array();
    for (const core::Resource& resource : dataset.resources) put_resource(json, resource);
    json.end_array();
  }
  json.end_object();
  return out;
}

core::Result<core::Dataset> read_raw_dataset(std::string_view json) {
  const auto document = parse_json(json);
  if (!document) return unreadable(document.error().message.en, {});
  Errors errors;
  core::Dataset dataset = take_dataset(*document, errors);
  if (!errors.empty()) return unreadable("", std::move(errors));
  return dataset;
}

}  // namespace minato::formats
