#include <algorithm>
#include <array>
#include <utility>

#include "formats/ckan_json.h"
#include "formats/dataset_input/dataset_input.h"
#include "formats/dataset_input/input_value.h"

namespace minato::formats {
namespace {

using core::Resource;
using rapidjson::Value;

struct Reading {
  Resource& resource;
  const InputContext& context;
};
using Set = void (*)(const Value& value, const Reading& reading);

template <std::string Resource::*member>
void set_text(const Value& value, const Reading& reading) {
  reading.resource.*member = text_or_member(value, "");
}

void set_license(const Value& value, const Reading& reading) {
  reading.resource.license_id = read_license(value, reading.resource.license_id);
}

// The address that GET shows, sent back, means no change.
void set_url(const Value& value, const Reading& reading) {
  Resource& resource = reading.resource;
  std::string url = text_or_member(value, "");
  const bool is_ours = !resource.blob.empty() || !resource.url_type.empty();
  const bool is_same = url == ckan_resource_url(resource, reading.context.site_url);
  if (is_same || (url.empty() && is_ours)) return;
  if (is_ours) {
    resource.url_type.clear();
    resource.blob.clear();
    resource.hash.clear();
    resource.size.reset();
    resource.mimetype.clear();
  }
  resource.url = std::move(url);
}

// Of a file that is kept here the catalogue knows better.
void set_size(const Value& value, const Reading& reading) {
  if (!reading.resource.blob.empty()) return;
  reading.resource.size.reset();
  if (value.IsInt64()) reading.resource.size = value.GetInt64();
}

void set_columns(const Value& value, const Reading& reading) {
  reading.resource.columns.clear();
  if (!value.IsArray()) return;
  for (const Value& item : value.GetArray()) {
    core::Column column;
    column.name = string_member(item, "name").value_or("");
    column.title = string_member(item, "title").value_or("");
    column.type = string_member(item, "type").value_or("");
    column.unit = string_member(item, "unit").value_or("");
    column.description = string_member(item, "description").value_or("");
    reading.resource.columns.push_back(std::move(column));
  }
}

void set_extras(const Value& value, const Reading& reading) {
  std::vector<core::Extra>& extras = reading.resource.extras;
  if (reading.context.mode == InputMode::kPatch && value.IsObject()) {
    extras = read_extras(merged(pairs_of(extras), value));
  } else {
    extras = read_extras(value);
  }
}

constexpr std::array<std::pair<std::string_view, Set>, 9> kFields{{
    {"name", set_text<&Resource::name>},
    {"description", set_text<&Resource::description>},
    {"format", set_text<&Resource::format>},
    {"url", set_url},
    {"mimetype", set_text<&Resource::mimetype>},
    {"size", set_size},
    {"license", set_license},
    {"columns", set_columns},
    {"extras", set_extras},
}};

}  // namespace

std::string read_resource_input(const Value& input, const InputContext& context,
                                Resource& resource) {
  const Reading reading{resource, context};
  for (const auto& [name, set] : kFields) {
    if (const Value* value = find_member(input, name)) set(*value, reading);
  }
  return std::string(string_member(input, "upload").value_or(""));
}

std::vector<std::string> uploads_of(const Value& input) {
  std::vector<std::string> ids;
  if (const auto id = string_member(input, "upload")) ids.emplace_back(*id);
  const Value* resources = find_member(input, "resources");
  if (resources == nullptr || !resources->IsArray()) return ids;
  for (const Value& resource : resources->GetArray()) {
    if (const auto id = string_member(resource, "upload")) ids.emplace_back(*id);
  }
  return ids;
}

}  // namespace minato::formats
