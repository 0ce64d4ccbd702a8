// What an import changes, field by field, for people to read.
#pragma once

#include <vector>

#include "service/harvest/import.h"

namespace minato::service {

// By pointer; without the extras that tell of the fetch itself. Long texts are cut.
std::vector<FieldDifference> field_differences(const core::Dataset& before,
                                               const core::Dataset& after);

}  // namespace minato::service
