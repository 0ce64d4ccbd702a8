#include "service/harvest/extras.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/dataset_extras.h"
#include "core/names.h"
#include "text/utf8.h"

namespace minato::service {

namespace {

constexpr std::array<std::string_view, 7> kProvenance{
    "harvest_fetched",   "harvest_hash",         "harvest_modified", "harvest_object_id",
    "harvest_source_id", "harvest_source_title", "harvest_url"};
constexpr std::array<std::string_view, 5> kRaw{"harvest_repairs", "raw_format", "raw_frequency",
                                               "raw_license", "raw_themes"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

bool is_taken(const std::string& key) {
  return is_provenance_key(key) || contains(kRaw, key) || core::is_field_extra(key) ||
         !core::check_extras({{key, ""}}).empty();
}

auto place_of(std::vector<core::Extra>& extras, std::string_view key) {
  return std::find_if(extras.begin(), extras.end(),
                      [key](const core::Extra& extra) { return extra.key == key; });
}

void sort_by_key(std::vector<core::Extra>& extras) {
  std::stable_sort(extras.begin(), extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
}

}  // namespace

std::string_view extra_of(const std::vector<core::Extra>& extras, std::string_view key) {
  for (const core::Extra& extra : extras) {
    if (extra.key == key) return extra.value;
  }
  return {};
}

void set_extra(std::vector<core::Extra>& extras, std::string_view key, std::string value) {
  const auto known = place_of(extras, key);
  if (value.empty()) {
    if (known != extras.end()) extras.erase(known);
  } else if (known != extras.end()) {
    known->value = std::move(value);
  } else {
    extras.push_back({std::string(key), std::move(value)});
    sort_by_key(extras);
  }
}

std::string take_extra(std::vector<core::Extra>& extras, std::string_view key) {
  const auto known = place_of(extras, key);
  if (known == extras.end()) return {};
  std::string value = std::move(known->value);
  extras.erase(known);
  return value;
}

bool is_provenance_key(std::string_view key) { return contains(kProvenance, key); }

void clean_extras(std::vector<core::Extra>& extras, Repairs& repairs) {
  std::map<std::string, std::string> clean;
  for (const core::Extra& extra : extras) {
    std::string key = clean_text(extra.key, TextShape::kLine);
    key = first_code_points(key, core::kMaxTitleLength / 2);
    std::string value = clean_text(extra.value, TextShape::kText);
    if (key.empty() || value.empty()) continue;
    if (is_taken(key)) key.insert(0, "remote_");
    if (value.size() > core::kMaxTextBytes) {
      repairs.dropped("extra", key);
      value = text::truncated(value, core::kMaxTextBytes);
    }
    // Half of what a dataset may have: ours come besides.
    if (clean.size() >= core::kMaxExtras / 2 || !clean.emplace(key, value).second) {
      repairs.dropped("extra", key);
    }
  }
  extras.clear();
  for (auto& [key, value] : clean) extras.push_back({key, std::move(value)});
}

}  // namespace minato::service
