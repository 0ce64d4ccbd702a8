#include "formats/dataset_input/dataset_input.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/dataset_input/input_value.h"

namespace minato::formats {
namespace {

using core::Dataset;
using rapidjson::Value;

struct Reading {
  Dataset& dataset;
  const InputContext& context;
  core::ErrorDetails& wrongs;
  std::vector<GivenUpload>& uploads;

  void wrong(std::string param, core::LocalizedText message, core::LocalizedText hint) const {
    core::ErrorDetail detail;
    detail.param = std::move(param);
    detail.message = std::move(message);
    detail.hint = std::move(hint);
    wrongs.push_back(std::move(detail));
  }
  // A member that is an object, with what it has now where the input is a patch of it.
  [[nodiscard]] rapidjson::Document object(
      const Value& value, const std::vector<std::pair<std::string_view, std::string>>& now) const {
    const bool is_patch = context.mode == InputMode::kPatch && value.IsObject();
    return merged(is_patch ? now : std::vector<std::pair<std::string_view, std::string>>{}, value);
  }
};
using Set = void (*)(const Value& value, const Reading& reading);

template <std::string Dataset::*member>
void set_text(const Value& value, const Reading& reading) {
  reading.dataset.*member = text_or_member(value, "");
}

void set_organization(const Value& value, const Reading& reading) {
  reading.dataset.owner_org = text_or_member(value, "name");
}

void set_license(const Value& value, const Reading& reading) {
  reading.dataset.license_id = read_license(value, reading.dataset.license_id);
}

void set_frequency(const Value& value, const Reading& reading) {
  reading.dataset.frequency = text_or_member(value, "code");
}

void set_themes(const Value& value, const Reading& reading) {
  reading.dataset.themes = texts_or_members(value, "code");
}

void set_spatial(const Value& value, const Reading& reading) {
  reading.dataset.spatial = texts_or_members(value, "code");
}

void set_groups(const Value& value, const Reading& reading) {
  reading.dataset.groups = texts_or_members(value, "name");
}

// A tag of a vocabulary stays one: it is shown by its name, too.
void set_tags(const Value& value, const Reading& reading) {
  std::vector<core::Tag> tags;
  for (const std::string& name : texts_or_members(value, "name")) {
    const auto& now = reading.dataset.tags;
    const auto known = std::find_if(now.begin(), now.end(),
                                    [&](const core::Tag& tag) { return tag.name == name; });
    tags.push_back(known == now.end() ? core::Tag{"", name, ""} : *known);
  }
  reading.dataset.tags = std::move(tags);
}

void set_temporal(const Value& value, const Reading& reading) {
  core::Period& period = reading.dataset.temporal;
  const auto now = reading.object(value, {{"start", period.start}, {"end", period.end}});
  period.start = string_member(now, "start").value_or("");
  period.end = string_member(now, "end").value_or("");
}

void set_contact(const Value& value, const Reading& reading) {
  core::Contact& contact = reading.dataset.contact;
  const auto now = reading.object(value, {{"name", contact.name},
                                          {"email", contact.email},
                                          {"url", contact.url},
                                          {"phone", contact.phone}});
  contact.name = string_member(now, "name").value_or("");
  contact.email = string_member(now, "email").value_or("");
  contact.url = string_member(now, "url").value_or("");
  contact.phone = string_member(now, "phone").value_or("");
}

void set_extras(const Value& value, const Reading& reading) {
  std::vector<core::Extra>& extras = reading.dataset.extras;
  extras = read_extras(reading.object(value, pairs_of(extras)));
}

void set_state(const Value& value, const Reading& reading) {
  const std::string state = text_or_member(value, "");
  core::State& target = reading.dataset.state;
  if (state == "draft") target = core::State::kDraft;
  if (state == "active") target = core::State::kActive;
  if (state == "deleted") target = core::State::kDeleted;
}

void set_private(const Value& value, const Reading& reading) {
  // null does not publish anything.
  if (value.IsBool()) reading.dataset.is_private = value.GetBool();
}

void set_publish_at(const Value& value, const Reading& reading) {
  reading.dataset.publish_at.reset();
  const std::string text = text_or_member(value, "");
  if (text.empty()) return;
  reading.dataset.publish_at = core::parse_iso8601(text);
  if (reading.dataset.publish_at) return;
  reading.wrong("/publish_at", {"日時として読めません。", "This is no date-time."},
                {"2026-04-01T09:00:00+09:00 の形で書いてください。",
                 "Write it as 2026-04-01T09:00:00+09:00."});
}

void set_resources(const Value& value, const Reading& reading) {
  const std::vector<core::Resource> now = std::move(reading.dataset.resources);
  std::vector<core::Resource> resources;
  const Value none(rapidjson::kArrayType);
  const Value& list = value.IsArray() ? value : none;
  for (rapidjson::SizeType i = 0; i < list.Size(); ++i) {
    core::Resource resource;
    if (const auto id = string_member(list[i], "id"); id && !id->empty()) {
      const auto known = std::find_if(now.begin(), now.end(),
                                      [&](const core::Resource& r) { return r.id == *id; });
      if (known == now.end()) {
        reading.wrong(
            child_pointer(child_pointer("/resources", std::size_t{i}), "id"),
            {"このデータセットにそのリソースはありません。", "This dataset has no such resource."},
            {"新しいリソースなら id を消してください。", "Leave the id out of a new resource."});
      } else {
        resource = *known;
      }
    }
    std::string upload = read_resource_input(list[i], reading.context, resource);
    if (!upload.empty()) reading.uploads.push_back({std::size_t{i}, std::move(upload)});
    resources.push_back(std::move(resource));
  }
  reading.dataset.resources = std::move(resources);
}

struct Field {
  std::string_view name;
  Set set;
  bool stays = false;  // when a whole dataset does not say it
};

constexpr std::array<Field, 27> kFields{{
    {"name", set_text<&Dataset::name>},
    {"title", set_text<&Dataset::title>},
    {"title_kana", set_text<&Dataset::title_kana>},
    {"title_en", set_text<&Dataset::title_en>},
    {"description", set_text<&Dataset::notes>},
    {"description_en", set_text<&Dataset::notes_en>},
    {"landing_page", set_text<&Dataset::url>},
    {"version", set_text<&Dataset::version>},
    {"author", set_text<&Dataset::author>},
    {"author_email", set_text<&Dataset::author_email>},
    {"maintainer", set_text<&Dataset::maintainer>},
    {"maintainer_email", set_text<&Dataset::maintainer_email>},
    {"organization", set_organization},
    {"license", set_license},
    {"themes", set_themes},
    {"tags", set_tags},
    {"groups", set_groups},
    {"frequency", set_frequency},
    {"language", set_text<&Dataset::language>},
    {"temporal", set_temporal},
    {"spatial", set_spatial},
    {"contact", set_contact},
    {"extras", set_extras},
    {"state", set_state, true},
    {"private", set_private, true},
    {"publish_at", set_publish_at, true},
    {"resources", set_resources, true},
}};

struct Renamed {
  std::string_view field;
  std::string_view input;
};
constexpr std::array<Renamed, 6> kRenamed{{{"owner_org", "organization"},
                                           {"license_id", "license"},
                                           {"notes", "description"},
                                           {"notes_en", "description_en"},
                                           {"url", "landing_page"},
                                           {"is_private", "private"}}};

std::string_view input_name(std::string_view field) {
  const auto* found = std::find_if(kRenamed.begin(), kRenamed.end(),
                                   [&](const Renamed& one) { return one.field == field; });
  return found == kRenamed.end() ? field : found->input;
}

}  // namespace

std::vector<GivenUpload> read_dataset_input(const Value& input, const InputContext& context,
                                            Dataset& dataset, core::ErrorDetails& wrongs) {
  static const Value kNull;
  std::vector<GivenUpload> uploads;
  const Reading reading{dataset, context, wrongs, uploads};
  for (const Field& field : kFields) {
    if (const Value* value = find_member(input, field.name)) {
      field.set(*value, reading);
    } else if (context.mode == InputMode::kWhole && !field.stays) {
      field.set(kNull, reading);
    }
  }
  return uploads;
}

std::string input_pointer(std::string_view field) {
  if (!field.starts_with('/')) return std::string(field);
  if (field.starts_with("/resources/")) {
    // In resources "url" is what it says.
    const std::size_t last = field.rfind('/');
    const bool is_license = field.substr(last + 1) == "license_id";
    return is_license ? std::string(field.substr(0, last)) + "/license" : std::string(field);
  }
  const std::size_t end = std::min(field.find('/', 1), field.size());
  return "/" + std::string(input_name(field.substr(1, end - 1))) + std::string(field.substr(end));
}

}  // namespace minato::formats
