// The lists of a dataset dictionary.
#pragma once

#include "formats/ckan_input/ckan_input.h"

namespace minato::formats {

// "tags" and the text "tag_string". REQUIRES of all three: lists of objects, where they are given.
void read_ckan_tags(const rapidjson::Value& dict, const CkanInput& input, core::Dataset& dataset,
                    core::ErrorDetails& wrongs);
// Extras that are fields of ours go into them (core/dataset_extras.h).
void read_ckan_extras(const rapidjson::Value& dict, const CkanInput& input, core::Dataset& dataset,
                      core::ErrorDetails& wrongs);
void read_ckan_groups(const rapidjson::Value& dict, const CkanInput& input, core::Dataset& dataset,
                      core::ErrorDetails& wrongs);
// Lists of objects under keys that no dataset has.
void note_ckan_junk(const rapidjson::Value& dict, core::ErrorDetails& wrongs);

}  // namespace minato::formats
