// What the fields of a dataset's form may be chosen from. A value that is on no list is offered as
// it is, so that saving never loses it.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "web/frame/texts.h"
#include "web/manage/form_fields.h"

namespace minato::web {

using ChoiceGroups = std::vector<ChoiceGroup>;

ChoiceGroups organization_choices(const std::vector<core::Group>& organizations,
                                  const std::string& chosen, const Texts& texts);
// Those that Japanese municipalities use come first.
ChoiceGroups license_choices(const std::string& chosen, const Texts& texts,
                             core::Language language);
// `chosen`: codes with blanks between.
ChoiceGroups theme_choices(const std::string& chosen, core::Language language);
std::string theme_words(const std::string& chosen, core::Language language);
ChoiceGroups frequency_choices(const std::string& chosen, const Texts& texts,
                               core::Language language);

}  // namespace minato::web
