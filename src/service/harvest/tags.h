// Keywords of remote catalogues as tags by CKAN's rules.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "service/harvest/text.h"

namespace minato::service {

// Lists in one keyword are split, marks that no tag may have become blanks; what is too short, too
// long or too many then is dropped and told. Sorted by name, each once, with their ids.
std::vector<core::Tag> read_tags(const std::vector<core::Tag>& raw,
                                 const std::vector<std::string>& more, Repairs& repairs);

}  // namespace minato::service
