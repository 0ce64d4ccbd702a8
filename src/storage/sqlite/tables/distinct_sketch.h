// HyperLogLog: how many different hashes, within 2 % (standard error 0.6 %), in 32 KiB.
#pragma once

#include <cstdint>
#include <vector>

namespace minato::storage::sqlite::tables {

class DistinctSketch {
 public:
  DistinctSketch() : ranks_(kRegisters, 0) {}
  void add(std::uint64_t hash) {
    const std::size_t index = hash >> (64U - kIndexBits);
    // The lowest bit stands for all that is left, so there always is a one.
    const auto rest = (hash << kIndexBits) | (1ULL << (kIndexBits - 1));
    const auto rank = static_cast<std::uint8_t>(__builtin_clzll(rest) + 1);
    if (rank > ranks_[index]) ranks_[index] = rank;
  }
  [[nodiscard]] std::int64_t estimate() const;

 private:
  static constexpr unsigned kIndexBits = 15;
  static constexpr std::size_t kRegisters = 1U << kIndexBits;
  std::vector<std::uint8_t> ranks_;
};

}  // namespace minato::storage::sqlite::tables
