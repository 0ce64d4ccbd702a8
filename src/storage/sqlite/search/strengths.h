// One byte per matching slot, compact: how strong a match is (ranking.h).
#pragma once

#include <cstdint>
#include <vector>

namespace minato::storage::sqlite::search {

class Strengths {
 public:
  // REQUIRES: slots ascending; strength > 0.
  void append(std::uint32_t slot, std::uint8_t strength);
  // Ends appending for now: blocks with many slots become tables.
  void pack();

  // Calls use(i, strength) for each i whose slots[i] has one. REQUIRES: `slots` ascending.
  template <typename Use>
  void visit(const std::vector<std::uint32_t>& slots, Use use) const;

  [[nodiscard]] std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kBlockBits = 16;
  static constexpr std::uint32_t kBlockSlots = 1U << kBlockBits;
  // Beyond this a table of the whole block is much faster than the list, and not much larger.
  static constexpr std::size_t kLongList = kBlockSlots / 8;

  struct Block {
    std::vector<std::uint16_t> slots;   // the list: low bits, ascending
    std::vector<std::uint8_t> of_slot;  // the list's strengths
    std::vector<std::uint8_t> table;    // kBlockSlots bytes, 0: none; or empty
  };
  template <typename Use>
  static void visit_list(const Block& block, const std::uint32_t* slots, std::size_t count,
                         Use use);

  std::vector<Block> blocks_;
};

template <typename Use>
void Strengths::visit(const std::vector<std::uint32_t>& slots, Use use) const {
  for (std::size_t i = 0; i < slots.size();) {
    const std::uint32_t number = slots[i] >> kBlockBits;
    std::size_t end = i + 1;
    while (end < slots.size() && slots[end] >> kBlockBits == number) ++end;
    if (number >= blocks_.size()) return;
    const Block& block = blocks_[number];
    if (block.table.empty()) {
      const auto shifted = [&use, i](std::size_t at, std::uint8_t strength) {
        use(i + at, strength);
      };
      visit_list(block, slots.data() + i, end - i, shifted);
    } else {
      for (std::size_t at = i; at < end; ++at) {
        const std::uint8_t strength = block.table[slots[at] % kBlockSlots];
        if (strength != 0) use(at, strength);
      }
    }
    i = end;
  }
}

// Steps through the shorter of the two, and jumps in steps of growing width through the longer one.
template <typename Use>
void Strengths::visit_list(const Block& block, const std::uint32_t* slots, std::size_t count,
                           Use use) {
  const auto& list = block.slots;
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at < list.size(); ++i) {
    const auto wanted = static_cast<std::uint16_t>(slots[i] % kBlockSlots);
    std::size_t step = 1;
    while (at + step < list.size() && list[at + step] < wanted) {
      at += step;
      step *= 2;
    }
    for (; step > 0; step /= 2) {
      if (at + step < list.size() && list[at + step] < wanted) at += step;
    }
    if (list[at] < wanted) ++at;
    if (at < list.size() && list[at] == wanted) use(i, block.of_slot[at]);
  }
}

}  // namespace minato::storage::sqlite::search
