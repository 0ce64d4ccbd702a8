#include "formats/dataset_document.h"

#include <algorithm>
#include <utility>

#include "core/vocabularies.h"
#include "formats/object_reader.h"

namespace minato::formats {
namespace {

using core::ErrorDetail;
using rapidjson::Value;
using Errors = std::vector<ErrorDetail>;

constexpr std::int64_t kVersion = 1;

core::State read_state(ObjectReader& in) {
  const std::string state = in.text("state");
  if (state == "draft") return core::State::kDraft;
  if (state == "deleted") return core::State::kDeleted;
  if (!state.empty() && state != "active") {
    in.add_error("state", {"active、draft、deleted のどれでもありません。",
                           "This is neither active, draft nor deleted."});
  }
  return core::State::kActive;
}

std::vector<core::Extra> read_extras(ObjectReader& in) {
  std::vector<core::Extra> extras;
  const Value* object = in.object("extras");
  if (object == nullptr) return extras;
  for (const auto& entry : object->GetObject()) {
    if (entry.value.IsString()) {
      extras.push_back({std::string(text_of(entry.name)), std::string(text_of(entry.value))});
    } else {
      in.add_error("extras",
                   {"extras の値は文字列です: " + std::string(text_of(entry.name)),
                    "The values of extras are strings: " + std::string(text_of(entry.name))});
    }
  }
  return extras;
}

// A key of the document itself wins over an extra of the same name.
void put_extra(std::vector<core::Extra>& extras, std::string_view key, std::string value) {
  std::erase_if(extras, [key](const core::Extra& extra) { return extra.key == key; });
  extras.push_back({std::string(key), std::move(value)});
}

void sort_by_key(std::vector<core::Extra>& extras) {
  std::stable_sort(extras.begin(), extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
}

std::vector<core::Tag> read_tags(ObjectReader& in, Errors& errors) {
  std::vector<core::Tag> tags;
  const Value* list = in.list("tags");
  if (list == nullptr) return tags;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    const Value& value = (*list)[i];
    core::Tag tag;
    if (value.IsString()) {
      tag.name = text_of(value);
    } else {
      ObjectReader reader(value, child_pointer(in.pointer_to("tags"), std::size_t{i}), errors);
      tag.id = reader.text("id");
      tag.name = reader.text("name");
      tag.vocabulary_id = reader.text("vocabulary_id");
      reader.refuse_unknown();
    }
    tags.push_back(std::move(tag));
  }
  std::stable_sort(tags.begin(), tags.end(),
                   [](const core::Tag& a, const core::Tag& b) { return a.name < b.name; });
  return tags;
}

std::vector<core::Column> read_columns(ObjectReader& in, Errors& errors) {
  std::vector<core::Column> columns;
  const Value* list = in.list("columns");
  if (list == nullptr) return columns;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    ObjectReader reader((*list)[i], child_pointer(in.pointer_to("columns"), std::size_t{i}),
                        errors);
    core::Column column;
    column.name = reader.text("name");
    column.title = reader.text("title");
    column.type = reader.text("type");
    column.unit = reader.text("unit");
    column.description = reader.text("description");
    reader.refuse_unknown();
    columns.push_back(std::move(column));
  }
  return columns;
}

// A file of the folder ("path") or a link ("url"); never both.
void read_place(ObjectReader& in, core::Resource& resource) {
  const std::string path = in.text("path");
  resource.url = in.text("url");
  resource.url_type = in.text("url_type");
  if (path.empty()) return;
  if (!resource.url.empty()) {
    in.add_error("path", {"path と url は同時に書けません。", "Give either path or url, not both."},
                 {"フォルダーのファイルなら path、リンクなら url だけにしてください。",
                  "Use path for a file of the folder, url for a link."});
  }
  resource.url = path;
  resource.url_type = "upload";
}

core::Resource read_resource(const Value& value, std::string pointer, Errors& errors) {
  ObjectReader in(value, std::move(pointer), errors);
  core::Resource resource;
  resource.id = in.text("id");
  resource.state = read_state(in);
  resource.name = in.text("name");
  resource.description = in.text("description");
  read_place(in, resource);
  resource.format = core::normalise_format(in.text("format"));
  resource.mimetype = in.text("mimetype");
  resource.mimetype_inner = in.text("mimetype_inner");
  resource.size = in.integer("size");
  resource.hash = in.text("hash");
  resource.resource_type = in.text("resource_type");
  resource.cache_url = in.text("cache_url");
  resource.cache_last_updated = in.time("cache_last_updated");
  resource.created = in.time("created").value_or(core::Timestamp{});
  resource.last_modified = in.time("last_modified");
  resource.metadata_modified = in.time("metadata_modified").value_or(core::Timestamp{});
  resource.license_id = in.text("license_id");
  resource.blob = in.text("blob");
  resource.columns = read_columns(in, errors);
  resource.extras = read_extras(in);
  for (const std::string_view key : {"schema", "encoding", "language"}) {
    std::string text = in.text(key);
    if (!text.empty()) put_extra(resource.extras, key, std::move(text));
  }
  sort_by_key(resource.extras);
  in.refuse_unknown();
  return resource;
}

void read_texts(ObjectReader& in, core::Dataset& dataset) {
  dataset.id = in.text("id");
  dataset.name = in.text("name");
  dataset.title = in.text("title");
  dataset.title_kana = in.text("title_kana");
  dataset.title_en = in.text("title_en");
  dataset.notes = in.text("notes");
  dataset.notes_en = in.text("notes_en");
  dataset.url = in.text("url");
  dataset.version = in.text("version");
  dataset.author = in.text("author");
  dataset.author_email = in.text("author_email");
  dataset.maintainer = in.text("maintainer");
  dataset.maintainer_email = in.text("maintainer_email");
  dataset.license_id = in.text("license_id");
  dataset.owner_org = in.text("owner_org");
  dataset.creator_user_id = in.text("creator_user_id");
  dataset.language = in.text("language");
}

void read_nested(ObjectReader& in, core::Dataset& dataset, Errors& errors) {
  if (const Value* temporal = in.object("temporal")) {
    ObjectReader reader(*temporal, in.pointer_to("temporal"), errors);
    dataset.temporal = {reader.text("start"), reader.text("end")};
    reader.refuse_unknown();
  }
  if (const Value* contact = in.object("contact")) {
    ObjectReader reader(*contact, in.pointer_to("contact"), errors);
    dataset.contact.name = reader.text("name");
    dataset.contact.email = reader.text("email");
    dataset.contact.url = reader.text("url");
    dataset.contact.phone = reader.text("phone");
    reader.refuse_unknown();
  }
  dataset.extras = read_extras(in);
  if (const Value* sources = in.list("sources")) {
    std::string json;
    JsonWriter(json).value(*sources);
    put_extra(dataset.extras, "source", std::move(json));
  }
  sort_by_key(dataset.extras);
}

void read_choices(ObjectReader& in, core::Dataset& dataset) {
  dataset.themes = in.texts("themes");
  for (std::size_t i = 0; i < dataset.themes.size(); ++i) {
    const core::Theme* theme = core::find_theme(dataset.themes[i]);
    if (theme != nullptr) {
      dataset.themes[i] = theme->code;
      continue;
    }
    in.add_error("themes",
                 {"e-Stat の分野ではありません: " + dataset.themes[i],
                  "Not a field of e-Stat: " + dataset.themes[i]},
                 {"\"1\" から \"16\"、または \"99\" を書いてください。",
                  "Write \"1\" to \"16\", or \"99\"."});
  }
  dataset.frequency = in.text("frequency");
  if (dataset.frequency.empty()) return;
  if (const core::Frequency* frequency = core::find_frequency(dataset.frequency)) {
    dataset.frequency = frequency->code;
  } else {
    in.add_error("frequency", {"更新頻度が分かりません。", "This update frequency is unknown."},
                 {"monthly、annual、irregular などの語を使ってください。",
                  "Use a word such as monthly, annual or irregular."});
  }
}

core::Dataset read_dataset(const Value& document, Errors& errors) {
  ObjectReader in(document, "", errors);
  core::Dataset dataset;
  const auto version = in.integer("format");
  if (version && *version != kVersion) {
    in.add_error("format",
                 {"この版の文書は読めません。", "This version of the document is unknown."},
                 {"版 1 で書いてください。", "Write version 1."});
  }
  read_texts(in, dataset);
  dataset.state = read_state(in);
  dataset.is_private = in.boolean("private");
  dataset.publish_at = in.time("publish_at");
  dataset.created = in.time("created").value_or(core::Timestamp{});
  dataset.modified = in.time("modified").value_or(core::Timestamp{});
  read_choices(in, dataset);
  dataset.spatial = in.texts("spatial");
  dataset.groups = in.texts("groups");
  dataset.tags = read_tags(in, errors);
  read_nested(in, dataset, errors);
  if (const Value* list = in.list("resources")) {
    for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
      dataset.resources.push_back(read_resource(
          (*list)[i], child_pointer(in.pointer_to("resources"), std::size_t{i}), errors));
      dataset.resources.back().position = i;
      dataset.resources.back().dataset_id = dataset.id;
    }
  }
  in.refuse_unknown();
  return dataset;
}

}  // namespace

core::Result<core::Dataset> parse_dataset_document(std::string_view json) {
  auto document = parse_json(json);
  if (!document) return tl::unexpected(std::move(document).error());
  Errors errors;
  core::Dataset dataset = read_dataset(*document, errors);
  if (errors.empty()) return dataset;
  auto failure = core::fail(core::ErrorCode::kInvalidArgument, "dataset-document",
                            {"データセットの文書に誤りがあります（" + errors.front().param + "）。",
                             "The dataset document has mistakes (" + errors.front().param + ")."},
                            {"示された項目を直してください。", "Correct the fields named."});
  failure.value().details = std::move(errors);
  return failure;
}

}  // namespace minato::formats
