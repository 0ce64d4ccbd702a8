#include "core/dataset_extras.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace minato::core {
namespace {

// The fields that are one text, with their keys.
struct TextField {
  std::string_view key;
  std::string& (*of)(Dataset&);
};
constexpr std::array kTextFields = {
    TextField{"title_kana", [](Dataset& d) -> std::string& { return d.title_kana; }},
    TextField{"title_en", [](Dataset& d) -> std::string& { return d.title_en; }},
    TextField{"notes_en", [](Dataset& d) -> std::string& { return d.notes_en; }},
    TextField{"frequency", [](Dataset& d) -> std::string& { return d.frequency; }},
    TextField{"language", [](Dataset& d) -> std::string& { return d.language; }},
    TextField{"temporal_start", [](Dataset& d) -> std::string& { return d.temporal.start; }},
    TextField{"temporal_end", [](Dataset& d) -> std::string& { return d.temporal.end; }},
    TextField{"contact_name", [](Dataset& d) -> std::string& { return d.contact.name; }},
    TextField{"contact_email", [](Dataset& d) -> std::string& { return d.contact.email; }},
    TextField{"contact_uri", [](Dataset& d) -> std::string& { return d.contact.url; }},
    TextField{"contact_phone", [](Dataset& d) -> std::string& { return d.contact.phone; }},
};

// The codes in these lists are digits, so nothing needs an escape.
std::string to_list(const std::vector<std::string>& codes) {
  std::string json = "[";
  for (const std::string& code : codes) {
    if (json.size() > 1) json += ", ";
    json.append("\"").append(code).append("\"");
  }
  return json + "]";
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 6 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `["13", "2"]` or `13`; nullopt when anything in it is no code.
std::optional<std::vector<std::string>> from_list(std::string_view text) {
  text = trim(text);
  if (is_code(text)) return std::vector<std::string>{std::string(text)};
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = trim(text.substr(1, text.size() - 2));
  std::vector<std::string> codes;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    std::string_view item = trim(text.substr(0, comma));
    if (item.size() < 2 || item.front() != '"' || item.back() != '"') return std::nullopt;
    item = item.substr(1, item.size() - 2);
    if (!is_code(item)) return std::nullopt;
    codes.emplace_back(item);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return codes;
}

void sort_by_key(std::vector<Extra>& extras) {
  std::stable_sort(extras.begin(), extras.end(),
                   [](const Extra& a, const Extra& b) { return a.key < b.key; });
}

std::string degrees(double value) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::optional<double> to_degrees(std::string_view text) {
  text = trim(text);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Moves one extra into its field; false when it has to stay.
bool take(Dataset& dataset, const Extra& extra) {
  for (const TextField& field : kTextFields) {
    if (field.key != extra.key) continue;
    field.of(dataset) = extra.value;
    return true;
  }
  if (extra.key != "theme" && extra.key != "spatial_codes") return false;
  auto codes = from_list(extra.value);
  if (!codes) return false;
  (extra.key == "theme" ? dataset.themes : dataset.spatial) = std::move(*codes);
  return true;
}

}  // namespace

std::vector<Extra> extras_with_fields(const Dataset& dataset) {
  std::vector<Extra> extras;
  extras.reserve(dataset.extras.size() + kTextFields.size() + 2);
  extras = dataset.extras;
  for (const TextField& field : kTextFields) {
    // The accessors only hand out the reference; nothing is changed through it here.
    const std::string& value = field.of(const_cast<Dataset&>(dataset));
    if (!value.empty()) extras.push_back({std::string(field.key), value});
  }
  if (!dataset.themes.empty()) extras.push_back({"theme", to_list(dataset.themes)});
  if (!dataset.spatial.empty()) extras.push_back({"spatial_codes", to_list(dataset.spatial)});
  sort_by_key(extras);
  return extras;
}

std::vector<Extra> extras_with_fields(const Group& group) {
  std::vector<Extra> extras = group.extras;
  const std::array<std::pair<std::string_view, const std::string*>, 5> texts = {
      {{"title_kana", &group.title_kana},
       {"title_en", &group.title_en},
       {"homepage", &group.homepage},
       {"municipality_kind", &group.municipality_kind},
       {"county", &group.county}}};
  for (const auto& [key, value] : texts) {
    if (!value->empty()) extras.push_back({std::string(key), *value});
  }
  if (group.latitude) extras.push_back({"latitude", degrees(*group.latitude)});
  if (group.longitude) extras.push_back({"longitude", degrees(*group.longitude)});
  sort_by_key(extras);
  return extras;
}

void take_fields_from_extras(Dataset& dataset) {
  std::vector<Extra> rest;
  for (Extra& extra : std::exchange(dataset.extras, {})) {
    if (!take(dataset, extra)) rest.push_back(std::move(extra));
  }
  dataset.extras = std::move(rest);
}

void take_fields_from_extras(Group& group) {
  const std::array<std::pair<std::string_view, std::string*>, 5> texts = {
      {{"title_kana", &group.title_kana},
       {"title_en", &group.title_en},
       {"homepage", &group.homepage},
       {"municipality_kind", &group.municipality_kind},
       {"county", &group.county}}};
  const auto take = [&](const Extra& extra) {
    for (const auto& [key, text] : texts) {
      if (key != extra.key) continue;
      *text = extra.value;
      return true;
    }
    if (extra.key != "latitude" && extra.key != "longitude") return false;
    const auto number = to_degrees(extra.value);
    if (number) (extra.key == "latitude" ? group.latitude : group.longitude) = number;
    return number.has_value();
  };
  std::erase_if(group.extras, take);
}

bool is_field_extra(std::string_view key) {
  return key == "theme" || key == "spatial_codes" ||
         std::any_of(kTextFields.begin(), kTextFields.end(),
                     [key](const TextField& field) { return field.key == key; });
}

}  // namespace minato::core
