// "Did you mean ...?" for misspelt names.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace minato::core {

// Levenshtein's: how many characters must be put in, left out or replaced. Costs the product of the
// lengths.
template <typename Text>
std::size_t edit_distance(const Text& a, const Text& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substituted});
    }
  }
  return row.back();
}

// The candidate with the least edit distance (over bytes) to `name`, or "" when none is
// near enough (more than a third of the name, at least 2) to be what was meant.
std::string nearest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace minato::core
