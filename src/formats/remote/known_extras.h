// Extras that mean fields of ours, under the keys of ckanext-dcat and the Japanese ones that
// portals here use.
#pragma once

#include "core/dataset.h"

namespace minato::formats {

// Fills empty fields of the dataset from its extras, as the remote wrote the values. An extra under
// a key of ours or of ckanext-dcat is moved, one under a label of the portal ("更新頻度") stays as
// well. Lists are JSON lists or words between "、", "," and ";".
void take_known_extras(core::Dataset& dataset);

}  // namespace minato::formats
