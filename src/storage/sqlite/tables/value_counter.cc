#include "storage/sqlite/tables/value_counter.h"

#include "storage/sqlite/tables/value_hash.h"

namespace minato::storage::sqlite::tables {

template <typename Same>
std::uint32_t* ValueCounter::find(std::uint64_t hash, Same same) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    std::uint32_t& slot = slots_[at];
    if (slot == kEmpty || (entries_[slot].hash == hash && same(entries_[slot]))) return &slot;
  }
}

void ValueCounter::add(std::string_view value) {
  if (!sketch_ && last_ != kEmpty && text(entries_[last_]) == value) {
    ++entries_[last_].count;
    return;
  }
  const std::uint64_t hash = hash_text(value);
  if (sketch_) return sketch_->add(hash);
  std::uint32_t* slot = find(hash, [&](const Entry& entry) { return text(entry) == value; });
  if (*slot != kEmpty) {
    last_ = *slot;
    ++entries_[last_].count;
    return;
  }
  if (entries_.size() >= limits_.values || texts_.size() + value.size() > limits_.text_bytes) {
    give_up();
    return sketch_->add(hash);
  }
  insert(slot, Entry{hash, texts_.size(), static_cast<std::uint32_t>(value.size()), 1});
  texts_.append(value);
}

void ValueCounter::add(std::uint64_t bits) {
  const std::uint64_t hash = hash_bits(bits);
  if (sketch_) return sketch_->add(hash);
  std::uint32_t* slot = find(hash, [&](const Entry& entry) { return entry.bits == bits; });
  if (*slot != kEmpty) {
    ++entries_[*slot].count;
    return;
  }
  if (entries_.size() >= limits_.values) {
    give_up();
    return sketch_->add(hash);
  }
  insert(slot, Entry{hash, bits, 0, 1});
}

void ValueCounter::insert(std::uint32_t* slot, const Entry& entry) {
  *slot = static_cast<std::uint32_t>(entries_.size());
  last_ = *slot;
  entries_.push_back(entry);
  if (entries_.size() * 2 > slots_.size()) grow();
}

void ValueCounter::grow() {
  slots_.assign(slots_.size() * 4, kEmpty);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = entries_[i].hash & mask;
    while (slots_[at] != kEmpty) at = (at + 1) & mask;
    slots_[at] = i;
  }
}

void ValueCounter::give_up() {
  sketch_.emplace();
  for (const Entry& entry : entries_) sketch_->add(entry.hash);
  std::vector<std::uint32_t>().swap(slots_);
  std::vector<Entry>().swap(entries_);
  std::string().swap(texts_);
}

std::int64_t ValueCounter::distinct() const {
  return sketch_ ? sketch_->estimate() : static_cast<std::int64_t>(entries_.size());
}

}  // namespace minato::storage::sqlite::tables
