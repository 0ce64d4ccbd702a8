#include "storage/sqlite/search/fields.h"

#include <algorithm>
#include <stdexcept>

namespace minato::storage::sqlite::search {
namespace {

using core::FieldType;

constexpr std::array<std::string_view, 14> kMemoryFields = {
    "capacity",   "creator_user_id", "frequency",    "groups",    "isopen",
    "license_id", "municipality",    "organization", "owner_org", "private",
    "res_format", "state",           "tags",         "theme"};

struct Constant {
  std::string_view name;
  std::string_view value;
};
// What CKAN's own index holds; "default" is its default of ckan.site_id.
constexpr std::array kConstants = {Constant{"dataset_type", "dataset"},
                                   Constant{"entity_type", "package"},
                                   Constant{"site_id", "default"}, Constant{"type", "dataset"}};

Place place_of(const core::SearchField& field) {
  if (field.type == FieldType::kText) return Place::kText;
  if (field.type == FieldType::kDate || field.type == FieldType::kInteger) return Place::kNumber;
  const auto is_memory = [&](std::string_view name) { return name == field.name; };
  if (std::any_of(kMemoryFields.begin(), kMemoryFields.end(), is_memory)) return Place::kMemory;
  if (field.name.starts_with("vocab_")) return Place::kMemory;
  return constant_of(field.name).empty() ? Place::kFile : Place::kConstant;
}

}  // namespace

IndexField index_field(std::string_view name) {
  core::SearchField field = core::search_field(name);
  // CKAN's harvester keeps these as extras and copies them into fields of their own.
  if (field.name.starts_with("harvest_source_")) field.name = "extras_" + field.name;
  const Place place = place_of(field);
  return {std::move(field.name), field.type, place};
}

std::string_view constant_of(std::string_view canonical_name) {
  for (const auto& constant : kConstants) {
    if (constant.name == canonical_name) return constant.value;
  }
  return {};
}

std::size_t text_column(std::string_view name) {
  for (std::size_t i = 0; i < kTextColumns.size(); ++i) {
    if (kTextColumns[i].name == name) return i;
  }
  throw std::logic_error("no text column " + std::string(name));
}

}  // namespace minato::storage::sqlite::search
