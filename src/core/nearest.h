// "Did you mean ...?" for misspelt names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minato::core {

// The candidate with the least edit distance (Levenshtein over bytes) to `name`, or "" when none is
// near enough (more than a third of the name, at least 2) to be what was meant.
std::string nearest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace minato::core
