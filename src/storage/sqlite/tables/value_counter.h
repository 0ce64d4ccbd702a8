// Counts each different value of a column, exactly while they are few.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sqlite/tables/distinct_sketch.h"

namespace minato::storage::sqlite::tables {

struct CounterLimits {
  std::size_t values = 65'536;
  std::size_t text_bytes = 4U << 20U;
};

// Values are texts, or 64 bits that stand for a number; one kind per counter. Beyond the limits
// only the number of different values is estimated.
class ValueCounter {
 public:
  struct Entry {
    std::uint64_t hash;
    std::uint64_t bits;  // of a number; of a text its place
    std::uint32_t length;
    std::int64_t count;
  };

  explicit ValueCounter(CounterLimits limits) : limits_(limits), slots_(kFirstSlots, kEmpty) {}

  void add(std::string_view text);
  void add(std::uint64_t bits);

  [[nodiscard]] bool exact() const { return !sketch_; }
  [[nodiscard]] std::int64_t distinct() const;
  // In the order of their first occurrence; empty when not exact.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::string_view text(const Entry& entry) const {
    return std::string_view(texts_).substr(entry.bits, entry.length);
  }

 private:
  static constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t kFirstSlots = 64;

  template <typename Same>
  std::uint32_t* find(std::uint64_t hash, Same same);
  void insert(std::uint32_t* slot, const Entry& entry);
  void grow();
  void give_up();

  CounterLimits limits_;
  std::vector<std::uint32_t> slots_;  // places in entries_; open addressing
  std::vector<Entry> entries_;
  std::string texts_;
  std::uint32_t last_ = kEmpty;  // neighbours are often equal
  std::optional<DistinctSketch> sketch_;
};

}  // namespace minato::storage::sqlite::tables
