#include "formats/remote/ckan_record.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "core/url.h"
#include "core/vocabularies.h"
#include "formats/remote/ckan_resource.h"
#include "formats/remote/known_extras.h"
#include "formats/remote/tolerant_object.h"

namespace minato::formats {
namespace {

using core::Dataset;
using rapidjson::Value;

// Members read below, and those that say nothing about the data.
constexpr std::array<std::string_view, 53> kKnownMembers = {"author",
                                                            "author_email",
                                                            "capacity",
                                                            "count",
                                                            "creator_user_id",
                                                            "dataset_type",
                                                            "display_name",
                                                            "download_url",
                                                            "extras",
                                                            "groups",
                                                            "id",
                                                            "isopen",
                                                            "keywords",
                                                            "last_modified",
                                                            "license",
                                                            "license_id",
                                                            "license_title",
                                                            "license_url",
                                                            "maintainer",
                                                            "maintainer_email",
                                                            "metadata_created",
                                                            "metadata_modified",
                                                            "name",
                                                            "notes",
                                                            "notes_en",
                                                            "notes_translated",
                                                            "num_resources",
                                                            "num_tags",
                                                            "organization",
                                                            "owner_org",
                                                            "package_id",
                                                            "plugin_data",
                                                            "private",
                                                            "ratings_average",
                                                            "ratings_count",
                                                            "relationships",
                                                            "relationships_as_object",
                                                            "relationships_as_subject",
                                                            "resources",
                                                            "revision_id",
                                                            "revision_timestamp",
                                                            "site_id",
                                                            "state",
                                                            "tags",
                                                            "tags_translated",
                                                            "title",
                                                            "title_en",
                                                            "title_translated",
                                                            "total_downloads",
                                                            "tracking_summary",
                                                            "type",
                                                            "url",
                                                            "version"};

tl::unexpected<core::Error> fail_record(core::LocalizedText message) {
  return core::fail(core::ErrorCode::kUpstream, "harvest-record", std::move(message),
                    {"収集元の側でこの 1 件を直してもらってください。ほかの件には影響しません。",
                     "Have this one record corrected at the source; the others are not touched."});
}

BilingualText best_of(TolerantObject& in, std::string_view key, std::string_view translated) {
  BilingualText plain = in.bilingual(key);
  const Value* translations = find_member(in.value(), translated);
  if (translations == nullptr || !translations->IsObject()) return plain;
  BilingualText best = in.bilingual(translated);
  if (best.ja.empty()) best.ja = std::move(plain.ja);
  if (best.en.empty()) best.en = std::move(plain.en);
  return best;
}

// A name that is a number is none of CKAN's.
std::string name_of(TolerantObject& in) {
  const Value* name = find_member(in.value(), "name");
  if (name == nullptr || name->IsNull()) return {};
  if (name->IsString()) return plain_text(*name);
  in.drop("name", plain_text(*name));
  return {};
}

void read_texts(TolerantObject& in, const CkanPlace& place, Dataset& dataset) {
  dataset.name = name_of(in);
  BilingualText title = best_of(in, "title", "title_translated");
  dataset.title = title.ja.empty() ? dataset.name : std::move(title.ja);
  dataset.title_en = title.en.empty() ? in.text("title_en") : std::move(title.en);
  BilingualText notes = best_of(in, "notes", "notes_translated");
  dataset.notes = std::move(notes.ja);
  dataset.notes_en = notes.en.empty() ? in.text("notes_en") : std::move(notes.en);
  dataset.version = in.text("version");
  dataset.author = in.text("author");
  dataset.author_email = in.text("author_email");
  dataset.maintainer = in.text("maintainer");
  dataset.maintainer_email = in.text("maintainer_email");
  if (const auto modified = in.time("metadata_modified")) dataset.modified = *modified;
  dataset.url = in.text("url");
  if (core::parse_url(dataset.url)) return;
  if (!dataset.url.empty()) in.drop("url", dataset.url);
  dataset.url = place.page;
}

// The words beside the id are for the import, which knows more licences by them.
void read_license(TolerantObject& in, Dataset& dataset) {
  dataset.license_id = in.text("license_id");
  const Value* other = find_member(in.value(), "license");
  if (dataset.license_id.empty() && other != nullptr && !other->IsObject()) {
    dataset.license_id = in.text("license");
  }
  add_extra(dataset.extras, "license_title", in.text("license_title"));
  add_extra(dataset.extras, "license_url", in.text("license_url"));
}

void add_tag(std::vector<core::Tag>& tags, std::string name) {
  const bool is_taken =
      std::any_of(tags.begin(), tags.end(), [&](const core::Tag& tag) { return tag.name == name; });
  if (!name.empty() && !is_taken) tags.push_back({"", std::move(name), ""});
}

void read_tags(TolerantObject& in, Dataset& dataset, std::vector<std::string>& repairs) {
  if (const Value* list = in.list("tags")) {
    for (const Value& each : list->GetArray()) {
      if (each.IsString()) add_tag(dataset.tags, plain_text(each));
      if (!each.IsObject()) continue;
      TolerantObject tag(each, in.pointer() + "/tags", repairs);
      std::string name = tag.text("name");
      add_tag(dataset.tags, name.empty() ? tag.text("display_name") : std::move(name));
    }
  }
  for (const std::string_view key : {"tags_translated", "keywords"}) {
    if (!dataset.tags.empty()) return;
    const Value* words = find_member(in.value(), key);
    if (words != nullptr && words->IsObject()) words = find_member(*words, "ja");
    if (words == nullptr || !words->IsArray()) continue;
    for (const Value& word : words->GetArray()) {
      if (word.IsString()) add_tag(dataset.tags, plain_text(word));
    }
  }
}

void add_theme(Dataset& dataset, const std::string& word) {
  if (core::find_theme(word) == nullptr) return;
  if (std::find(dataset.themes.begin(), dataset.themes.end(), word) != dataset.themes.end()) return;
  dataset.themes.push_back(word);
}

// Portals here use groups for the 17 fields of e-Stat, or for wholly other things.
void read_groups(TolerantObject& in, Dataset& dataset, std::vector<std::string>& repairs) {
  const Value* list = in.list("groups");
  if (list == nullptr) return;
  std::string names;
  for (const Value& each : list->GetArray()) {
    std::string title;
    if (each.IsString()) title = plain_text(each);
    if (each.IsObject()) {
      TolerantObject group(each, in.pointer() + "/groups", repairs);
      title = group.text("title");
      if (title.empty()) title = group.text("display_name");
      if (title.empty()) title = group.text("name");
    }
    if (title.empty()) continue;
    add_theme(dataset, title);
    names += names.empty() ? title : "、" + title;
  }
  add_extra(dataset.extras, "remote_groups", std::move(names));
}

void read_organization(TolerantObject& in, Dataset& dataset, std::vector<std::string>& repairs) {
  const Value* value = find_member(in.value(), "organization");
  if (value == nullptr) return;
  if (!value->IsObject()) {
    if (value->IsString()) add_extra(dataset.extras, "remote_organization", plain_text(*value));
    return;
  }
  TolerantObject organization(*value, in.pointer() + "/organization", repairs);
  add_extra(dataset.extras, "remote_organization", organization.text("name"));
  add_extra(dataset.extras, "remote_organization_title", organization.text("title"));
}

// [{"key", "value"}], {"key": "value"} as CKAN 2.12 writes it, or either as text.
void read_extras(const Value& extras, Dataset& dataset) {
  if (extras.IsObject()) {
    for (const auto& entry : extras.GetObject()) {
      add_extra(dataset.extras, text_of(entry.name), plain_text(entry.value));
    }
  }
  if (!extras.IsArray()) return;
  for (const Value& each : extras.GetArray()) {
    if (!each.IsObject() || find_member(each, "value") == nullptr) continue;
    const auto state = string_member(each, "state");
    const auto key = string_member(each, "key");
    if (!key || (state && *state == "deleted")) continue;
    add_extra(dataset.extras, *key, plain_text(*find_member(each, "value")));
  }
}

void read_custom_fields(const Value& record, Dataset& dataset) {
  for (const auto& entry : record.GetObject()) {
    const std::string_view key = text_of(entry.name);
    if (std::find(kKnownMembers.begin(), kKnownMembers.end(), key) != kKnownMembers.end()) continue;
    add_extra(dataset.extras, key, plain_text(entry.value));
  }
}

// When the publisher put it there; catalogues that collect from others say it in an extra.
void read_issued(TolerantObject& in, Dataset& dataset) {
  const bool is_said = std::any_of(dataset.extras.begin(), dataset.extras.end(),
                                   [](const core::Extra& extra) { return extra.key == "issued"; });
  if (is_said) return;
  if (const auto created = in.time("metadata_created")) {
    add_extra(dataset.extras, "issued", core::to_rfc3339(*created));
  }
}

void read_resources(TolerantObject& in, const CkanPlace& place, Dataset& dataset,
                    std::vector<std::string>& repairs) {
  const Value* list = in.list("resources");
  if (list == nullptr) return;
  std::set<std::string> keys;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    const std::string pointer = in.pointer() + "/resources/" + std::to_string(i);
    auto resource = read_ckan_resource((*list)[i], pointer, place.base, repairs);
    if (!resource) continue;
    const std::string key = resource->id;
    for (int n = 2; !keys.insert(resource->id).second; ++n) {
      resource->id = key + "#" + std::to_string(n);
    }
    resource->position = static_cast<std::int64_t>(dataset.resources.size());
    dataset.resources.push_back(std::move(*resource));
  }
}

}  // namespace

core::Result<Dataset> read_ckan_record(std::string_view json, const CkanPlace& place) {
  const auto document = parse_json(json);
  if (!document) {
    return fail_record({"このデータセットの JSON を読めません: " + document.error().message.ja,
                        "The JSON of this dataset cannot be read: " + document.error().message.en});
  }
  if (!document->IsObject()) {
    return fail_record({"このデータセットの JSON がオブジェクトではありません。",
                        "The JSON of this dataset is no object."});
  }
  std::vector<std::string> repairs;
  Dataset dataset;
  TolerantObject in(*document, "", repairs);
  read_texts(in, place, dataset);
  if (dataset.title.empty()) {
    return fail_record({"このデータセットにはタイトルも名前もありません。",
                        "This dataset has neither title nor name."});
  }
  if (const Value* extras = find_member(*document, "extras")) read_extras(*extras, dataset);
  read_license(in, dataset);
  read_tags(in, dataset, repairs);
  read_groups(in, dataset, repairs);
  read_organization(in, dataset, repairs);
  read_custom_fields(*document, dataset);
  read_issued(in, dataset);
  read_resources(in, place, dataset, repairs);
  take_known_extras(dataset);
  put_repairs(dataset, repairs);
  std::stable_sort(dataset.extras.begin(), dataset.extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
  return dataset;
}

}  // namespace minato::formats
