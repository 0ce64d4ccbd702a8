#include "core/search_fields.h"

#include <algorithm>
#include <array>

namespace minato::core {
namespace {

struct Known {
  std::string_view name;
  FieldType type;
};

constexpr std::array kFields = {
    Known{"author", FieldType::kText},
    Known{"capacity", FieldType::kString},
    Known{"creator_user_id", FieldType::kString},
    Known{"dataset_type", FieldType::kString},
    Known{"entity_type", FieldType::kString},
    Known{"frequency", FieldType::kString},
    Known{"groups", FieldType::kString},
    Known{"harvest_source_id", FieldType::kString},
    Known{"harvest_source_title", FieldType::kString},
    Known{"id", FieldType::kString},
    Known{"isopen", FieldType::kBoolean},
    Known{"license_id", FieldType::kString},
    Known{"maintainer", FieldType::kText},
    Known{"metadata_created", FieldType::kDate},
    Known{"metadata_modified", FieldType::kDate},
    Known{"municipality", FieldType::kString},
    Known{"name", FieldType::kString},
    Known{"notes", FieldType::kText},
    Known{"num_resources", FieldType::kInteger},
    Known{"num_tags", FieldType::kInteger},
    Known{"organization", FieldType::kString},
    Known{"owner_org", FieldType::kString},
    Known{"private", FieldType::kBoolean},
    Known{"res_description", FieldType::kText},
    Known{"res_format", FieldType::kString},
    Known{"res_name", FieldType::kText},
    Known{"res_type", FieldType::kString},
    Known{"res_url", FieldType::kString},
    Known{"site_id", FieldType::kString},
    Known{"state", FieldType::kString},
    Known{"tags", FieldType::kString},
    Known{"theme", FieldType::kString},
    Known{"title", FieldType::kText},
    Known{"title_string", FieldType::kString},
    Known{"type", FieldType::kString},
    Known{"url", FieldType::kString},
    Known{"version", FieldType::kString},
};

constexpr std::array<std::string_view, 7> kSortFields = {
    "name", "title_string", "score", "metadata_modified", "metadata_created", "id", "views_recent"};

}  // namespace

SearchField search_field(std::string_view name) {
  if (name.empty() || name == "text") return {"", FieldType::kText};
  const auto* known = std::find_if(kFields.begin(), kFields.end(),
                                   [name](const Known& field) { return field.name == name; });
  if (known != kFields.end()) return {std::string(name), known->type};
  for (const std::string_view prefix : {"extras_", "res_extras_", "vocab_"}) {
    if (name.starts_with(prefix)) return {std::string(name), FieldType::kString};
  }
  return {"extras_" + std::string(name), FieldType::kString};
}

bool is_sort_field(std::string_view name) {
  return std::find(kSortFields.begin(), kSortFields.end(), name) != kSortFields.end();
}

}  // namespace minato::core
