#include "web/manage/dataset_choices.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/vocabularies.h"

namespace minato::web {
namespace {

constexpr std::array<std::string_view, 5> kUsual = {"CC-BY-4.0", "PDL-1.0", "cc-zero",
                                                    "CC-BY-SA-4.0", "GJSTU-2.0"};

FieldChoice nothing_chosen(const std::string& chosen, const Texts& texts) {
  return {"", texts["manage_choose"], "", chosen.empty()};
}

bool has_chosen(const ChoiceGroups& groups) {
  return std::any_of(groups.begin(), groups.end(), [](const ChoiceGroup& group) {
    return std::any_of(group.choices.begin(), group.choices.end(),
                       [](const FieldChoice& choice) { return choice.chosen; });
  });
}

bool is_among(const std::string& codes, const std::string& code) {
  return (" " + codes + " ").find(" " + code + " ") != std::string::npos;
}

}  // namespace

ChoiceGroups organization_choices(const std::vector<core::Group>& organizations,
                                  const std::string& chosen, const Texts& texts) {
  ChoiceGroups groups(1);
  // Whoever publishes for one organization has nothing to choose.
  const bool is_only = organizations.size() == 1 && chosen.empty();
  if (!is_only && chosen.empty()) groups[0].choices.push_back(nothing_chosen(chosen, texts));
  for (const core::Group& organization : organizations) {
    groups[0].choices.push_back(
        {organization.id, organization.title, "", is_only || organization.id == chosen});
  }
  if (!has_chosen(groups)) groups[0].choices.push_back({chosen, chosen, "", true});
  return groups;
}

ChoiceGroups license_choices(const std::string& chosen, const Texts& texts,
                             core::Language language) {
  ChoiceGroups groups = {{"", {nothing_chosen(chosen, texts)}},
                         {texts["manage_licenses_usual"], {}},
                         {texts["manage_licenses_other"], {}}};
  const auto add = [&](std::size_t group, const core::License& license) {
    groups[group].choices.push_back(
        {license.id, license.title.in(language), "", license.id == chosen});
  };
  for (const std::string_view id : kUsual) {
    if (const core::License* license = core::find_license(id)) add(1, *license);
  }
  for (const core::License& license : core::licenses()) {
    if (std::find(kUsual.begin(), kUsual.end(), license.id) == kUsual.end()) add(2, license);
  }
  if (!has_chosen(groups)) {
    const core::License* known = core::find_license(chosen);
    groups[0].choices.push_back(
        {chosen, known == nullptr ? chosen : known->title.in(language), "", true});
  }
  return groups;
}

ChoiceGroups theme_choices(const std::string& chosen, core::Language language) {
  ChoiceGroup group;
  for (const core::Theme& theme : core::themes()) {
    group.choices.push_back(
        {theme.code, theme.name.in(language), "", is_among(chosen, theme.code)});
  }
  return {std::move(group)};
}

std::string theme_words(const std::string& chosen, core::Language language) {
  std::string words;
  for (const core::Theme& theme : core::themes()) {
    if (!is_among(chosen, theme.code)) continue;
    if (!words.empty()) words += language == core::Language::kJa ? "、" : ", ";
    words += theme.name.in(language);
  }
  return words;
}

ChoiceGroups frequency_choices(const std::string& chosen, const Texts& texts,
                               core::Language language) {
  ChoiceGroups groups = {{"", {nothing_chosen(chosen, texts)}}};
  for (const core::Frequency& frequency : core::frequencies()) {
    groups[0].choices.push_back(
        {frequency.code, frequency.name.in(language), "", frequency.code == chosen});
  }
  if (!has_chosen(groups)) groups[0].choices.push_back({chosen, chosen, "", true});
  return groups;
}

}  // namespace minato::web
