#include "storage/sqlite/tables/distinct_sketch.h"

#include <array>
#include <cmath>

namespace minato::storage::sqlite::tables {
namespace {

// Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), sections 2.3 and
// 2.4: no bias at any size.
double sigma(double x) {
  if (x == 1.0) return INFINITY;
  double y = 1;
  double z = x;
  for (double before = -1; before != z;) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

double tau(double x) {
  if (x == 0.0 || x == 1.0) return 0.0;
  double y = 1;
  double z = 1 - x;
  for (double before = -1; before != z;) {
    x = std::sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  }
  return z / 3;
}

}  // namespace

std::int64_t DistinctSketch::estimate() const {
  constexpr unsigned kMaxRank = 64 - kIndexBits + 1;
  constexpr auto kCount = static_cast<double>(kRegisters);
  std::array<int, kMaxRank + 1> histogram{};
  for (const std::uint8_t rank : ranks_) ++histogram[rank];
  double z = kCount * tau(1 - histogram[kMaxRank] / kCount);
  for (unsigned k = kMaxRank - 1; k >= 1; --k) z = 0.5 * (z + histogram[k]);
  z += kCount * sigma(histogram[0] / kCount);
  constexpr double kAlpha = 0.5 / 0.69314718055994530942;
  return static_cast<std::int64_t>(std::llround(kAlpha * kCount * kCount / z));
}

}  // namespace minato::storage::sqlite::tables
