// Rows as numbers, so that two versions of a table can be compared in little memory.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/table.h"

namespace minato::service {

// 128 bits: of a million rows no two different ones meet by chance.
struct RowHash {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  auto operator<=>(const RowHash&) const = default;
};

// Hashes of one hasher can be compared, others cannot: it is seeded by chance, so that nobody can
// make a file of collisions.
class RowHasher {
 public:
  RowHasher();
  struct Column {
    std::size_t place = 0;
    bool as_text = false;  // its type differs between the versions: 12 and "12" are the same
  };
  // Of these columns' values, in this order.
  [[nodiscard]] RowHash hash(std::span<const core::ValueView> row,
                             const std::vector<Column>& columns) const;

 private:
  std::uint64_t seed_first_;
  std::uint64_t seed_second_;
};

}  // namespace minato::service
