#include "core/nearest.h"

#include <algorithm>

namespace minato::core {

namespace {

// Longer names are never looked at: nobody means them, and the cost is quadratic.
constexpr std::size_t kLongest = 64;

}  // namespace

std::string nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.size() > kLongest) return "";
  std::size_t best = std::max<std::size_t>(2, name.size() / 3) + 1;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongest) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return std::string(found);
}

}  // namespace minato::core
