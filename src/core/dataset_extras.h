// The fields CKAN has no place for travel as extras, under the keys of ckanext-dcat where it has
// one:
//   title_kana, title_en, notes_en, frequency, language, theme (JSON list of e-Stat codes: ["13"]),
//   temporal_start, temporal_end, spatial_codes (JSON list of municipality codes: ["140007"]),
//   contact_name, contact_email, contact_uri, contact_phone.
#pragma once

#include <string_view>
#include <vector>

#include "core/dataset.h"

namespace minato::core {

// The dataset's extras and those fields of it that are given, by key: what CKAN clients see, and
// what "extras_<key>" searches.
std::vector<Extra> extras_with_fields(const Dataset& dataset);
// The same for groups: title_kana, title_en, homepage, municipality_kind, county, latitude,
// longitude.
std::vector<Extra> extras_with_fields(const Group& group);

// The other way round: moves the extras above into their fields. A list that is neither a JSON list
// of strings nor one plain value stays an extra.
void take_fields_from_extras(Dataset& dataset);
// A latitude or longitude that is no number stays an extra.
void take_fields_from_extras(Group& group);

// True for the keys above.
bool is_field_extra(std::string_view key);

}  // namespace minato::core
