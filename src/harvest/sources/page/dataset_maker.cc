#include "harvest/sources/page/dataset_maker.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "core/vocabularies.h"
#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/resource_keys.h"
#include "harvest/sources/page/title_kinds.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxTagBytes = 150;
constexpr std::size_t kMaxExtraBytes = 1000;

// The beginning of that day in Japan.
core::Timestamp moment_of(const text::CalendarDate& date) {
  const std::chrono::sys_days day = std::chrono::year_month_day(
      std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
      std::chrono::day(static_cast<unsigned>(date.day)));
  return {std::chrono::duration_cast<std::chrono::microseconds>(day.time_since_epoch() -
                                                                std::chrono::hours(9))
              .count()};
}

std::string encoding_label(std::string_view encoding) {
  if (encoding == "utf-8") return "UTF-8";
  if (encoding == "cp932") return "Shift_JIS";
  if (encoding == "euc-jp") return "EUC-JP";
  return std::string(encoding.starts_with("utf-16") ? "UTF-16" : encoding);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The words of the link; else those of its row, heading or dataset, with the form in brackets.
std::string resource_name(const FileLink& link, const std::string& title) {
  std::string name = link.text.name;
  const bool own_name = !name.empty();
  if (!own_name) name = link.label.empty() ? title : link.label;
  if (!own_name && !split_edition(name).edition.empty() && split_edition(name).rest.empty()) {
    name = title + " " + name;
  }
  if (!link.heading.empty() && !contains(name, link.heading)) name += "（" + link.heading + "）";
  if (own_name) return name;
  std::string form = link.format;
  if (!link.text.encoding.empty()) {
    form += (form.empty() ? "" : "・") + encoding_label(link.text.encoding);
  }
  return form.empty() ? name : name + "（" + form + "）";
}

void add_extra(std::vector<core::Extra>& extras, std::string key, std::string_view value) {
  const bool known = std::any_of(extras.begin(), extras.end(),
                                 [&key](const core::Extra& extra) { return extra.key == key; });
  if (known || value.empty()) return;
  extras.push_back({std::move(key), std::string(text::truncated(value, kMaxExtraBytes))});
}

core::Resource resource_of(const FileLink& link, const ResourceKey& key, const std::string& title) {
  core::Resource resource;
  resource.id = key.key;
  resource.name = resource_name(link, title);
  resource.url = link.url;
  resource.format = link.format;
  if (!link.text.encoding.empty()) {
    const std::string label = encoding_label(link.text.encoding);
    resource.description = "文字コード: " + label;
    add_extra(resource.extras, "claimed_encoding", link.text.encoding);
  }
  if (link.text.size) {
    add_extra(resource.extras, "claimed_size", std::to_string(*link.text.size));
  }
  add_extra(resource.extras, "edition", key.edition);
  return resource;
}

// Two files of one name: their encodings tell them apart, then their formats.
void tell_names_apart(std::vector<core::Resource>& resources, const std::vector<FileLink>& links) {
  std::map<std::pair<std::string, std::string>, int> times;
  for (const core::Resource& resource : resources) ++times[{resource.name, resource.format}];
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const bool alone = times[{resources[i].name, resources[i].format}] == 1;
    if (alone || links[i].text.name.empty() || links[i].text.encoding.empty()) continue;
    resources[i].name += "（" + encoding_label(links[i].text.encoding) + "）";
  }
}

void read_fields(const FoundDataset& found, core::Dataset& out) {
  for (const PageField& field : found.fields) {
    switch (field.role) {
      case FieldRole::kFrequency:
        if (out.frequency.empty()) out.frequency = field.value;
        break;
      case FieldRole::kLicense:
        if (out.license_id.empty() && core::find_license(field.value) != nullptr) {
          out.license_id = field.value;
        }
        break;
      case FieldRole::kUpdated:
        if (const auto date = first_date(field.value); date && out.modified.us == 0) {
          out.modified = moment_of(*date);
        }
        break;
      case FieldRole::kDepartment:
        if (out.contact.name.empty()) out.contact.name = field.value;
        break;
      case FieldRole::kContact:
        if (out.contact == core::Contact{}) {
          out.contact = contact_in({field.label + "：" + field.value});
        }
        break;
      case FieldRole::kPublished:
      case FieldRole::kPeriod:
      case FieldRole::kEdition:
      case FieldRole::kRemarks:
        add_extra(out.extras, field.label, field.value);
        break;
      default:
        break;
    }
  }
}

void read_context(const FoundDataset& found, core::Dataset& out) {
  std::vector<std::string> words = found.context;
  for (const PageField& field : found.fields) {
    if (field.role != FieldRole::kCategory && field.role != FieldRole::kTags) continue;
    std::string rest = field.value;
    while (!rest.empty()) {
      const std::size_t end = std::min({rest.find("、"), rest.find(','), rest.find(';')});
      const bool more = end != std::string::npos;
      if (const std::string word = rest.substr(0, end); !word.empty()) words.push_back(word);
      rest = more ? rest.substr(end + (rest[end] == ',' || rest[end] == ';' ? 1 : 3)) : "";
    }
  }
  std::set<std::string> seen;
  for (const std::string& word : words) {
    if (!seen.insert(word).second || word.size() > kMaxTagBytes) continue;
    if (core::find_theme(word) != nullptr) out.themes.push_back(word);
    if (!is_catalogue_title(word)) out.tags.push_back({"", word, ""});
  }
  std::sort(out.tags.begin(), out.tags.end(),
            [](const core::Tag& a, const core::Tag& b) { return a.name < b.name; });
}

}  // namespace

core::Dataset DatasetMaker::make(const FoundDataset& found) const {
  core::Dataset out;
  out.title = found.title;
  out.notes = found.description;
  read_fields(found, out);
  read_context(found, out);
  if (only_dataset) {
    if (out.notes.empty()) out.notes = facts.description;
    if (out.modified.us == 0 && facts.updated) out.modified = moment_of(*facts.updated);
  }
  if (out.license_id.empty()) out.license_id = facts.license;
  if (out.contact.name.empty() || out.contact.name == facts.contact.name) {
    const std::string name = out.contact.name;
    if (out.contact.phone.empty() && out.contact.email.empty()) out.contact = facts.contact;
    if (out.contact.name.empty()) out.contact.name = name;
  }
  const std::vector<ResourceKey> keys = resource_keys(found.links, organization);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    out.resources.push_back(resource_of(found.links[i], keys[i], found.title));
  }
  tell_names_apart(out.resources, found.links);
  return out;
}

}  // namespace minato::harvest
