// The part of names.h that looks at whole datasets and groups.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "core/names.h"
#include "core/utf8.h"
#include "core/vocabularies.h"

namespace minato::core {
namespace {

// Extras may not be called like a field of CKAN's dataset dictionary.
constexpr std::array<std::string_view, 29> kReservedKeys = {"author",
                                                            "author_email",
                                                            "creator_user_id",
                                                            "extras",
                                                            "groups",
                                                            "id",
                                                            "isopen",
                                                            "license_id",
                                                            "license_title",
                                                            "license_url",
                                                            "maintainer",
                                                            "maintainer_email",
                                                            "metadata_created",
                                                            "metadata_modified",
                                                            "name",
                                                            "notes",
                                                            "num_resources",
                                                            "num_tags",
                                                            "organization",
                                                            "owner_org",
                                                            "private",
                                                            "resources",
                                                            "state",
                                                            "tag_string",
                                                            "tags",
                                                            "title",
                                                            "type",
                                                            "url",
                                                            "version"};

class Checker {
 public:
  void add(std::string_view param, LocalizedText message, LocalizedText hint = {}) {
    ErrorDetail detail;
    detail.param = param;
    detail.message = std::move(message);
    detail.hint = std::move(hint);
    wrongs_.push_back(std::move(detail));
  }
  void add(ErrorDetails more) { std::move(more.begin(), more.end(), std::back_inserter(wrongs_)); }
  // Any text: sound UTF-8 without NUL (which SQLite and C would cut), not longer than `max_bytes`.
  void text(std::string_view value, std::string_view param, std::size_t max_bytes = kMaxTextBytes) {
    if (!is_valid_utf8(value) || value.find('\0') != std::string_view::npos) {
      add(param, {"文字が壊れています。", "The text is not valid UTF-8 or holds a NUL"},
          {"UTF-8 で書き直してください。", "Write it again in UTF-8."});
    } else if (value.size() > max_bytes) {
      add(param, {"長すぎます（" + std::to_string(max_bytes) + " バイト以内）。",
                  "Must be at most " + std::to_string(max_bytes) + " bytes long"});
    }
  }
  void short_text(std::string_view value, std::string_view param) {
    text(value, param, kMaxTitleLength * 4);
    if (count_code_points(value) > kMaxTitleLength) {
      add(param, {"1000 文字以内にしてください。", "Must be a maximum of 1000 characters long"});
    }
  }
  void count(std::size_t size, std::size_t most, std::string_view param) {
    if (size > most) {
      add(param, {"数が多すぎます（" + std::to_string(most) + " まで）。",
                  "Too many: at most " + std::to_string(most)});
    }
  }
  ErrorDetails take() { return std::move(wrongs_); }

 private:
  ErrorDetails wrongs_;
};

std::string at(std::string_view list, std::size_t index, std::string_view member = {}) {
  std::string pointer = std::string(list) + "/" + std::to_string(index);
  if (!member.empty()) pointer.append("/").append(member);
  return pointer;
}

void check_texts(Checker& check, const Dataset& dataset) {
  const std::array<std::pair<std::string_view, const std::string*>, 11> shorts = {{
      {"/title", &dataset.title},
      {"/title_kana", &dataset.title_kana},
      {"/title_en", &dataset.title_en},
      {"/author", &dataset.author},
      {"/maintainer", &dataset.maintainer},
      {"/license_id", &dataset.license_id},
      {"/owner_org", &dataset.owner_org},
      {"/language", &dataset.language},
      {"/contact/name", &dataset.contact.name},
      {"/contact/phone", &dataset.contact.phone},
      {"/frequency", &dataset.frequency},
  }};
  for (const auto& [param, value] : shorts) check.short_text(*value, param);
  check.text(dataset.notes, "/notes");
  check.text(dataset.notes_en, "/notes_en");
  check.text(dataset.url, "/url", kMaxUrlBytes);
  check.text(dataset.contact.url, "/contact/url", kMaxUrlBytes);
  check.text(dataset.version, "/version");
}

void check_choices(Checker& check, const Dataset& dataset) {
  for (std::size_t i = 0; i < dataset.themes.size(); ++i) {
    const Theme* theme = find_theme(dataset.themes[i]);
    if (theme == nullptr || theme->code != dataset.themes[i]) {
      check.add(
          at("/themes", i),
          {"e-Stat の分野コードではありません。", "Not a code of e-Stat's fields"},
          {"1 から 16、または 99 を文字列で書いてください。", "Write \"1\" to \"16\", or \"99\"."});
    }
  }
  for (std::size_t i = 0; i < dataset.spatial.size(); ++i) {
    check.add(check_municipality_code(dataset.spatial[i], at("/spatial", i)));
  }
  const Frequency* frequency = find_frequency(dataset.frequency);
  if (!dataset.frequency.empty() &&
      (frequency == nullptr || frequency->code != dataset.frequency)) {
    check.add("/frequency",
              {"更新頻度のコードではありません。", "Not a code of an update frequency"},
              {"monthly、annual、irregular などから選んでください。",
               "Choose monthly, annual, irregular or the like."});
  }
  check.add(check_date(dataset.temporal.start, "/temporal/start"));
  check.add(check_date(dataset.temporal.end, "/temporal/end"));
  if (dataset.is_private && dataset.owner_org.empty()) {
    check.add("/private", {"組織のないデータセットは非公開にできません。",
                           "Datasets with no organization can't be private."});
  }
}

void check_tags(Checker& check, const std::vector<Tag>& tags) {
  check.count(tags.size(), kMaxTags, "/tags");
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (std::size_t i = 0; i < tags.size() && i < kMaxTags; ++i) {
    check.add(check_tag_name(tags[i].name, at("/tags", i)));
    if (!seen.emplace(tags[i].vocabulary_id, tags[i].name).second) {
      check.add(at("/tags", i), {"同じタグが 2 度あります。", "The same tag is given twice"});
    }
  }
}

void check_resource(Checker& check, const Resource& resource, std::size_t index) {
  const auto param = [index](std::string_view member) { return at("/resources", index, member); };
  check.short_text(resource.name, param("name"));
  check.text(resource.description, param("description"));
  check.text(resource.url, param("url"), kMaxUrlBytes);
  check.text(resource.cache_url, param("cache_url"), kMaxUrlBytes);
  check.short_text(resource.format, param("format"));
  check.short_text(resource.mimetype, param("mimetype"));
  check.short_text(resource.resource_type, param("resource_type"));
  check.short_text(resource.license_id, param("license_id"));
  check.count(resource.extras.size(), kMaxExtras, param("extras"));
  if (resource.size && *resource.size < 0) {
    check.add(param("size"), {"整数ではありません。", "Invalid integer"},
              {"0 以上のバイト数を書いてください。", "Give the number of bytes, 0 or more."});
  }
}

}  // namespace

ErrorDetails check_extras(const std::vector<Extra>& extras, std::string_view param) {
  Checker check;
  check.count(extras.size(), kMaxExtras, param);
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < extras.size() && i < kMaxExtras; ++i) {
    const Extra& extra = extras[i];
    const std::string key_param = at(param, i, "key");
    if (extra.key.empty()) check.add(key_param, {"値がありません。", "Missing value"});
    if (std::find(kReservedKeys.begin(), kReservedKeys.end(), extra.key) != kReservedKeys.end()) {
      check.add(key_param,
                {"同じ名前の項目があります。", "There is a schema field with the same name"},
                {"値をその項目に書くか、別のキーにしてください。",
                 "Put the value into that field, or choose another key."});
    }
    if (!seen.insert(extra.key).second) {
      check.add(key_param, {"キー「" + extra.key + "」が重複しています。",
                            "Duplicate key \"" + extra.key + "\""});
    }
    check.short_text(extra.key, key_param);
    check.text(extra.value, at(param, i, "value"));
  }
  return check.take();
}

ErrorDetails check_dataset(const Dataset& dataset) {
  Checker check;
  check.add(check_name(dataset.name, "/name"));
  check_texts(check, dataset);
  check.add(check_version(dataset.version, "/version"));
  check.add(check_email(dataset.author_email, "/author_email"));
  check.add(check_email(dataset.maintainer_email, "/maintainer_email"));
  check.add(check_email(dataset.contact.email, "/contact/email"));
  check_choices(check, dataset);
  check_tags(check, dataset.tags);
  check.add(check_extras(dataset.extras, "/extras"));
  check.count(dataset.groups.size(), kMaxTags, "/groups");
  check.count(dataset.resources.size(), kMaxResources, "/resources");
  for (std::size_t i = 0; i < dataset.resources.size() && i < kMaxResources; ++i) {
    check_resource(check, dataset.resources[i], i);
  }
  return check.take();
}

ErrorDetails check_group(const Group& group) {
  Checker check;
  check.add(check_name(group.name, "/name"));
  check.short_text(group.title, "/title");
  check.short_text(group.title_kana, "/title_kana");
  check.short_text(group.title_en, "/title_en");
  check.text(group.description, "/description");
  check.text(group.image_url, "/image_url", kMaxUrlBytes);
  check.text(group.homepage, "/homepage", kMaxUrlBytes);
  if (!group.municipality_kind.empty() &&
      find_municipality_kind(group.municipality_kind) == nullptr) {
    check.add("/municipality_kind",
              {"地方公共団体の種別ではありません。", "Not a kind of municipality"},
              {"都道府県、政令指定都市、市、町、村から選んでください。",
               "Choose 都道府県, 政令指定都市, 市, 町 or 村."});
  }
  if (group.latitude && !(*group.latitude >= -90 && *group.latitude <= 90)) {
    check.add("/latitude", {"緯度は -90 から 90 です。", "Latitude is between -90 and 90"});
  }
  if (group.longitude && !(*group.longitude >= -180 && *group.longitude <= 180)) {
    check.add("/longitude", {"経度は -180 から 180 です。", "Longitude is between -180 and 180"});
  }
  check.add(check_extras(group.extras, "/extras"));
  return check.take();
}

}  // namespace minato::core
