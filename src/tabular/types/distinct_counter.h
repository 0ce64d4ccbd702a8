// How many different values were seen: exact while they are few, then estimated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace minato::tabular {

// Counts 64-bit hashes. Exact up to kMaxExact; then HyperLogLog with a standard error of 0.8 %.
class DistinctCounter {
 public:
  static constexpr std::size_t kMaxExact = 32'768;

  void add(std::uint64_t hash);
  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] bool exact() const { return registers_.empty(); }

 private:
  void insert(std::uint64_t hash);
  void grow();
  void estimate(std::uint64_t hash);

  std::vector<std::uint64_t> slots_;  // open addressing; 0 is free
  std::size_t used_ = 0;
  std::vector<std::uint8_t> registers_;
};

}  // namespace minato::tabular
