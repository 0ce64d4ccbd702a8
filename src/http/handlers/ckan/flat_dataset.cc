#include "http/handlers/ckan/flat_dataset.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "core/dataset_extras.h"

namespace minato::http::ckan {
namespace {

using core::Dataset;
using formats::CkanContext;
using formats::JsonWriter;

struct Source {
  const Dataset& dataset;
  const CkanContext& context;
};

// Writes the value after the key; false: there is none.
using WriteValue = bool (*)(JsonWriter& json, std::string_view key, const Source& source);

bool write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  if (text.empty()) return false;
  json.field(key, text);
  return true;
}

bool write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return false;
  json.key(key).begin_array();
  for (const auto& text : texts) json.string(text);
  json.end_array();
  return true;
}

template <std::string Dataset::*member>
bool text(JsonWriter& json, std::string_view key, const Source& source) {
  return write_text(json, key, source.dataset.*member);
}

template <core::Timestamp Dataset::*member>
bool moment(JsonWriter& json, std::string_view key, const Source& source) {
  return write_text(json, key, core::to_ckan_time(source.dataset.*member) + "Z");
}

template <std::string core::Resource::*member>
bool of_resources(JsonWriter& json, std::string_view key, const Source& source) {
  std::vector<std::string> values;
  for (const auto& resource : source.dataset.resources) values.push_back(resource.*member);
  return write_texts(json, key, values);
}

bool tags(JsonWriter& json, std::string_view key, const Source& source) {
  std::vector<std::string> names;
  for (const auto& tag : source.dataset.tags) names.push_back(tag.name);
  return write_texts(json, key, names);
}

bool groups(JsonWriter& json, std::string_view key, const Source& source) {
  std::vector<std::string> names;
  for (const auto& id : source.dataset.groups) {
    if (const auto* group = source.context.group(id)) names.push_back(group->name);
  }
  return write_texts(json, key, names);
}

bool organization(JsonWriter& json, std::string_view key, const Source& source) {
  const auto* owner = source.context.organization(source.dataset.owner_org);
  return owner != nullptr && write_text(json, key, owner->name);
}

bool state(JsonWriter& json, std::string_view key, const Source& source) {
  switch (source.dataset.state) {
    case core::State::kActive:
      return write_text(json, key, "active");
    case core::State::kDraft:
      return write_text(json, key, "draft");
    case core::State::kDeleted:
      break;
  }
  return write_text(json, key, "deleted");
}

bool type(JsonWriter& json, std::string_view key, const Source&) {
  return write_text(json, key, "dataset");
}

bool entity_type(JsonWriter& json, std::string_view key, const Source&) {
  return write_text(json, key, "package");
}

bool capacity(JsonWriter& json, std::string_view key, const Source& source) {
  return write_text(json, key, source.dataset.is_private ? "private" : "public");
}

bool is_private(JsonWriter& json, std::string_view key, const Source& source) {
  json.key(key).boolean(source.dataset.is_private);
  return true;
}

bool num_tags(JsonWriter& json, std::string_view key, const Source& source) {
  json.key(key).integer(static_cast<std::int64_t>(source.dataset.tags.size()));
  return true;
}

bool num_resources(JsonWriter& json, std::string_view key, const Source& source) {
  json.key(key).integer(static_cast<std::int64_t>(source.dataset.resources.size()));
  return true;
}

const std::map<std::string_view, WriteValue>& writers() {
  static const std::map<std::string_view, WriteValue> table = {
      {"id", text<&Dataset::id>},
      {"name", text<&Dataset::name>},
      {"title", text<&Dataset::title>},
      {"title_string", text<&Dataset::title>},
      {"notes", text<&Dataset::notes>},
      {"author", text<&Dataset::author>},
      {"author_email", text<&Dataset::author_email>},
      {"maintainer", text<&Dataset::maintainer>},
      {"maintainer_email", text<&Dataset::maintainer_email>},
      {"version", text<&Dataset::version>},
      {"url", text<&Dataset::url>},
      {"license_id", text<&Dataset::license_id>},
      {"owner_org", text<&Dataset::owner_org>},
      {"creator_user_id", text<&Dataset::creator_user_id>},
      {"metadata_created", moment<&Dataset::created>},
      {"metadata_modified", moment<&Dataset::modified>},
      {"res_name", of_resources<&core::Resource::name>},
      {"res_description", of_resources<&core::Resource::description>},
      {"res_format", of_resources<&core::Resource::format>},
      {"res_url", of_resources<&core::Resource::url>},
      {"res_type", of_resources<&core::Resource::resource_type>},
      {"tags", tags},
      {"groups", groups},
      {"organization", organization},
      {"state", state},
      {"type", type},
      {"dataset_type", type},
      {"entity_type", entity_type},
      {"capacity", capacity},
      {"private", is_private},
      {"num_tags", num_tags},
      {"num_resources", num_resources},
  };
  return table;
}

void write_extras(JsonWriter& json, const Dataset& dataset, std::string_view wanted) {
  for (const auto& extra : core::extras_with_fields(dataset)) {
    if (wanted.empty() || wanted == extra.key) json.field("extras_" + extra.key, extra.value);
  }
}

}  // namespace

void write_flat_dataset(JsonWriter& json, const Dataset& dataset,
                        const std::vector<std::string>& fields, const CkanContext& context) {
  const Source source{dataset, context};
  json.begin_object();
  if (std::find(fields.begin(), fields.end(), "*") != fields.end()) {
    for (const auto& [key, write] : writers()) write(json, key, source);
    write_extras(json, dataset, {});
    json.end_object();
    return;
  }
  for (auto field = fields.begin(); field != fields.end(); ++field) {
    if (std::find(fields.begin(), field, *field) != field) continue;
    const auto writer = writers().find(*field);
    if (writer != writers().end()) {
      writer->second(json, *field, source);
    } else if (field->size() > 7 && field->starts_with("extras_")) {
      write_extras(json, dataset, field->substr(7));
    }
  }
  json.end_object();
}

}  // namespace minato::http::ckan
