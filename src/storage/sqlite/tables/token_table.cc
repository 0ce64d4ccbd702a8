#include "storage/sqlite/tables/token_table.h"

#include <algorithm>

#include "storage/sqlite/tables/value_hash.h"

namespace minato::storage::sqlite::tables {
namespace {

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

// The first bytes as a number of the same order.
std::uint64_t prefix_of(std::string_view token) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8U | (i < token.size() ? static_cast<unsigned char>(token[i]) : 0U);
  }
  return prefix;
}

}  // namespace

std::uint32_t TokenTable::number_of(std::string_view token) {
  const std::uint64_t hash = hash_text(token);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].next != 0; at = (at + 1) & mask) {
    if (slots_[at].tag == tag_of(hash) && text(slots_[at].next - 1) == token) {
      return slots_[at].next - 1;
    }
  }
  const auto number = static_cast<std::uint32_t>(tokens_.size());
  slots_[at] = {tag_of(hash), number + 1};
  tokens_.push_back(
      {hash, static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(token.size())});
  texts_.append(token);
  if (tokens_.size() * 2 > slots_.size()) grow();
  return number;
}

void TokenTable::grow() {
  slots_.assign(slots_.size() * 4, Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < tokens_.size(); ++number) {
    std::size_t at = tokens_[number].hash & mask;
    while (slots_[at].next != 0) at = (at + 1) & mask;
    slots_[at] = {tag_of(tokens_[number].hash), number + 1};
  }
}

std::vector<std::uint32_t> TokenTable::sorted() const {
  struct Key {
    std::uint64_t prefix;
    std::uint32_t number;
  };
  std::vector<Key> keys;
  keys.reserve(tokens_.size());
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) keys.push_back({prefix_of(text(i)), i});
  std::sort(keys.begin(), keys.end(), [this](const Key& a, const Key& b) {
    return a.prefix != b.prefix ? a.prefix < b.prefix : text(a.number) < text(b.number);
  });
  std::vector<std::uint32_t> numbers;
  numbers.reserve(keys.size());
  for (const Key& key : keys) numbers.push_back(key.number);
  return numbers;
}

}  // namespace minato::storage::sqlite::tables
