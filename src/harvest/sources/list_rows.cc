#include "harvest/sources/list_rows.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/file_formats.h"
#include "core/names.h"
#include "harvest/sources/file_name.h"
#include "harvest/sources/list_values.h"
#include "text/numerals.h"

namespace minato::harvest {
namespace {

using enum ListField;

struct ExtraField {
  ListField field;
  std::string_view key;
};

// Keys as ckanext-dcat has them where it has one.
constexpr std::array<ExtraField, 9> kDatasetExtras{{
    {kSubtitle, "subtitle"},
    {kUniversalMenu, "universal_menu"},
    {kConformsTo, "conforms_to"},
    {kDocumentation, "documentation"},
    {kProvenance, "provenance"},
    {kPublisherName, "publisher_name"},
    {kContactExtension, "contact_extension"},
    {kContactNote, "contact_note"},
    {kApi, "api_available"},
}};
constexpr std::array<ExtraField, 6> kFileExtras{{
    {kRights, "rights"},
    {kCopyright, "copyright"},
    {kFileDocumentation, "documentation"},
    {kFileConformsTo, "conforms_to"},
    {kFileLanguage, "language"},
    {kFileStatus, "status"},
}};

// Beyond these somebody else's numbers would cost us time.
constexpr std::size_t kMaxThemes = 100;
constexpr std::size_t kMaxPlaces = 2'000;

void add_extra(std::vector<core::Extra>& extras, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  const bool has = std::any_of(extras.begin(), extras.end(),
                               [key](const core::Extra& extra) { return extra.key == key; });
  if (!has) extras.push_back({std::string(key), std::string(value)});
}

void fill(std::string& field, std::string_view value) {
  if (field.empty()) field = value;
}

void add_words(std::vector<std::string>& words, std::string_view cell) {
  for (std::string& word : split_values(cell)) {
    if (words.size() > kMaxThemes) return;
    if (std::find(words.begin(), words.end(), word) == words.end()) {
      words.push_back(std::move(word));
    }
  }
}

void add_tags(core::Dataset& dataset, std::string_view cell) {
  for (std::string& word : split_values(cell)) {
    if (dataset.tags.size() > core::kMaxTags) return;
    const bool has = std::any_of(dataset.tags.begin(), dataset.tags.end(),
                                 [&word](const core::Tag& tag) { return tag.name == word; });
    if (!has) dataset.tags.push_back({{}, std::move(word), {}});
  }
}

// A date as ISO writes it, or the words that stand in its place.
std::string date_or_words(std::string_view cell) {
  std::string date = iso_date(cell);
  return date.empty() ? std::string(cell) : date;
}

void add_dates(const ListEntry& entry, core::Dataset& dataset) {
  add_extra(dataset.extras, "issued", date_or_words(entry.get(kIssued)));
  const std::string_view modified = entry.get(kModified);
  const auto moment = first_moment(iso_date(modified));
  // Files of one dataset may say different days: the newest is the dataset's.
  if (moment) dataset.modified = std::max(dataset.modified, *moment);
  if (!moment) add_extra(dataset.extras, "modified_text", modified);
}

void add_coverage(const ListEntry& entry, core::Dataset& dataset) {
  const std::string_view temporal = entry.get(kTemporal);
  if (const auto period = read_period(temporal)) {
    if (dataset.temporal == core::Period{}) dataset.temporal = *period;
  } else {
    add_extra(dataset.extras, "temporal_text", temporal);
  }
  for (const std::string& place : split_values(entry.join(kSpatial))) {
    if (dataset.spatial.size() > kMaxPlaces) return;
    if (!core::check_municipality_code(place, "").empty()) {
      add_extra(dataset.extras, "spatial_text", entry.get(kSpatial));
    } else if (std::find(dataset.spatial.begin(), dataset.spatial.end(), place) ==
               dataset.spatial.end()) {
      dataset.spatial.push_back(place);
    }
  }
}

void add_contact(const ListEntry& entry, core::Dataset& dataset) {
  fill(dataset.contact.name, entry.get(kContactName));
  fill(dataset.contact.email, entry.get(kContactEmail));
  fill(dataset.contact.phone, entry.get(kContactPhone));
  fill(dataset.contact.url, entry.get(kContactForm));
}

// The format word that fits a file by its ending, or the next one that fits no other file.
std::string take_format(std::vector<std::string>& words, std::string_view url) {
  const std::string by_ending = data_format_of(url);
  const auto fits = std::find_if(words.begin(), words.end(), [&by_ending](const std::string& word) {
    return core::normalise_format(word) == by_ending;
  });
  std::string format = by_ending;
  if (fits != words.end()) {
    format = *fits;
    words.erase(fits);
  } else if (format.empty() && !words.empty()) {
    format = words.front();
    words.erase(words.begin());
  }
  return format;
}

void describe(const ListEntry& entry, core::Resource& resource) {
  resource.name = entry.get(kFileTitle);
  resource.description = entry.get(kFileNotes);
  resource.license_id = entry.get(kLicense);
  add_extra(resource.extras, "issued", date_or_words(entry.get(kFileIssued)));
  resource.last_modified = first_moment(iso_date(entry.get(kFileModified)));
  if (!resource.last_modified) {
    add_extra(resource.extras, "modified_text", entry.get(kFileModified));
  }
  resource.size = read_size(entry.get(kSize));
  if (!resource.size) add_extra(resource.extras, "size_text", entry.get(kSize));
  for (const auto& [field, key] : kFileExtras) add_extra(resource.extras, key, entry.get(field));
}

// The publisher's own id or name of a file outlasts its URL, which changes with every edition.
std::string key_of(const ListEntry& entry, const core::Resource& resource, bool alone) {
  const std::string_view id = entry.get(kFileId);
  if (alone && !id.empty()) return "id:" + std::string(id);
  if (entry.get(kFileTitle).empty())
    return "url:" + editionless_url(resource.url, entry.organization);
  return "title:" + resource.name + "|" + core::normalise_format(resource.format);
}

void add_resource(core::Resource resource, std::string key, core::Dataset& dataset) {
  // One too many is kept, so that the import tells of it.
  if (dataset.resources.size() > core::kMaxResources) return;
  const bool known = std::any_of(dataset.resources.begin(), dataset.resources.end(),
                                 [&](const core::Resource& other) {
                                   return other.url == resource.url && other.name == resource.name;
                                 });
  if (known) return;
  resource.id = std::move(key);
  dataset.resources.push_back(std::move(resource));
}

}  // namespace

ListLinks links_of(const ListEntry& entry, std::string_view base) {
  ListLinks links;
  links.downloads = split_urls(entry.join(kDownloadUrl), base);
  for (const ListField field : {kUrl, kAccessUrl}) {
    const std::string cell = entry.join(field);
    const std::vector<std::string> urls = split_urls(cell, base);
    for (const std::string& url : urls) {
      (data_format_of(url).empty() ? links.pages : links.files).push_back(url);
    }
    if (urls.empty() && links.unreadable.empty()) links.unreadable = cell;
  }
  if (links.downloads.empty() && links.unreadable.empty()) {
    links.unreadable = entry.get(kDownloadUrl);
  }
  // "-" and なし say that there is none.
  if (text::missing_mark(links.unreadable) != text::MissingMark::kNone) links.unreadable.clear();
  return links;
}

void add_dataset_fields(const ListEntry& entry, const ListLinks& links, core::Dataset& dataset) {
  fill(dataset.title, entry.get(kTitle));
  fill(dataset.notes, entry.get(kNotes));
  fill(dataset.version, entry.get(kVersion));
  fill(dataset.language, entry.get(kLanguage));
  fill(dataset.frequency, entry.get(kFrequency));
  fill(dataset.author, entry.get(kCreator));
  if (!links.pages.empty()) fill(dataset.url, links.pages.front());
  add_tags(dataset, entry.join(kKeywords));
  add_words(dataset.themes, entry.join(kThemes));
  add_dates(entry, dataset);
  add_coverage(entry, dataset);
  add_contact(entry, dataset);
  for (const auto& [field, key] : kDatasetExtras) {
    add_extra(dataset.extras, key, entry.get(field));
  }
  add_extra(dataset.extras, "remarks", entry.get(kRemarks));
  const auto& names = entry.columns->names();
  for (std::size_t i = 0; i < names.size() && i < entry.row->cells.size(); ++i) {
    if (entry.columns->field(i) == kOther) {
      add_extra(dataset.extras, names[i], entry.row->cells[i]);
    }
  }
}

void add_resources(const ListEntry& entry, const ListLinks& links, core::Dataset& dataset) {
  core::Resource described;
  describe(entry, described);
  const std::string cell = entry.join(kFormat);
  std::vector<std::string> words = split_formats(cell);
  std::vector<std::string> urls = links.downloads.empty() ? links.files : links.downloads;
  const bool named = !described.name.empty();
  for (std::size_t i = 0; i < urls.size(); ++i) {
    core::Resource resource = described;
    resource.url = urls[i];
    resource.format = take_format(words, urls[i]);
    if (!named) resource.name = file_name_of_url(urls[i]);
    if (i == 0 && !links.downloads.empty() && !entry.get(kAccessUrl).empty()) {
      add_extra(resource.extras, "access_url", entry.get(kAccessUrl));
    }
    std::string key = key_of(entry, resource, urls.size() == 1);
    add_resource(std::move(resource), std::move(key), dataset);
  }
  if (!urls.empty() || links.pages.empty()) return;
  // Files are somewhere on the page. It is no table, whatever format they have.
  described.url = links.pages.back();
  described.format = "HTML";
  add_extra(described.extras, "raw_format", cell);
  if (!named) described.name = dataset.title;
  std::string key = key_of(entry, described, true);
  add_resource(std::move(described), std::move(key), dataset);
}

void complete_dataset(core::Dataset& dataset) {
  std::map<std::string, std::size_t> licenses;
  std::map<std::string, std::size_t> keys;
  for (const core::Resource& resource : dataset.resources) {
    if (!resource.license_id.empty()) ++licenses[resource.license_id];
    ++keys[resource.id];
  }
  std::size_t most = 0;
  for (const core::Resource& resource : dataset.resources) {
    const std::string& license = resource.license_id;
    if (license.empty() || licenses[license] <= most) continue;
    most = licenses[license];
    dataset.license_id = license;
  }
  for (core::Resource& resource : dataset.resources) {
    if (resource.license_id == dataset.license_id) resource.license_id.clear();
    // No two resources have both URL and name in common.
    if (keys[resource.id] > 1) resource.id = "url:" + resource.url + "|" + resource.name;
  }
  std::sort(dataset.extras.begin(), dataset.extras.end(),
            [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
  std::sort(dataset.tags.begin(), dataset.tags.end(),
            [](const core::Tag& a, const core::Tag& b) { return a.name < b.name; });
}

}  // namespace minato::harvest
