#include "service/facet_titles.h"

#include <string>
#include <string_view>

#include "core/vocabularies.h"

namespace minato::service {
namespace {

std::string group_title(const core::Group* group, core::Language language) {
  if (group == nullptr) return {};
  if (language == core::Language::kEn && !group->title_en.empty()) return group->title_en;
  return group->title;
}

std::string title_of(std::string_view field, std::string_view value, const Directory& directory,
                     core::Language language) {
  // Organizations are named by the code of their municipality.
  if (field == "organization" || field == "owner_org" || field == "municipality") {
    return group_title(directory.find(core::GroupKind::kOrganization, value), language);
  }
  if (field == "groups") {
    return group_title(directory.find(core::GroupKind::kGroup, value), language);
  }
  if (field == "license_id") {
    const auto* license = core::find_license(value);
    return license == nullptr ? std::string() : license->title.in(language);
  }
  if (field == "theme" || field == "extras_theme") {
    const auto* theme = core::find_theme(value);
    return theme == nullptr ? std::string() : theme->name.in(language);
  }
  if (field == "frequency" || field == "extras_frequency") {
    const auto* frequency = core::find_frequency(value);
    return frequency == nullptr ? std::string() : frequency->name.in(language);
  }
  return {};
}

}  // namespace

void fill_facet_titles(std::vector<core::Facet>& facets, const Directory& directory,
                       core::Language language) {
  for (auto& facet : facets) {
    for (auto& value : facet.values) {
      value.title = title_of(facet.field, value.value, directory, language);
      if (value.title.empty()) value.title = value.value;
    }
  }
}

}  // namespace minato::service
