#include "storage/sqlite/search/strengths.h"

namespace minato::storage::sqlite::search {

void Strengths::append(std::uint32_t slot, std::uint8_t strength) {
  const std::uint32_t number = slot >> kBlockBits;
  if (number >= blocks_.size()) blocks_.resize(number + 1);
  Block& block = blocks_[number];
  if (!block.table.empty()) {
    block.table[slot % kBlockSlots] = strength;
    return;
  }
  block.slots.push_back(static_cast<std::uint16_t>(slot % kBlockSlots));
  block.of_slot.push_back(strength);
}

void Strengths::pack() {
  for (Block& block : blocks_) {
    if (block.slots.size() > kLongList) {
      block.table.assign(kBlockSlots, 0);
      for (std::size_t i = 0; i < block.slots.size(); ++i) {
        block.table[block.slots[i]] = block.of_slot[i];
      }
      block.slots.clear();
      block.of_slot.clear();
    }
    block.slots.shrink_to_fit();
    block.of_slot.shrink_to_fit();
  }
}

std::size_t Strengths::bytes() const {
  std::size_t sum = blocks_.capacity() * sizeof(Block);
  for (const Block& block : blocks_) {
    sum += 2 * block.slots.capacity() + block.of_slot.capacity() + block.table.capacity();
  }
  return sum;
}

}  // namespace minato::storage::sqlite::search
