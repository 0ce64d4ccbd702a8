#include "storage/sqlite/search/term_column.h"

#include <algorithm>

namespace minato::storage::sqlite::search {

void TermColumn::add(std::uint32_t slot, std::span<const std::string_view> values) {
  if (values.empty()) return;
  adding_.clear();
  for (const auto value : values) adding_.push_back(number_of(value));
  // Frequent values have low numbers. With them first, a rare value makes one set more.
  std::sort(adding_.begin(), adding_.end());
  if (set_of_.size() <= slot) set_of_.resize(slot + 1, kEmptySet);
  for (const std::uint32_t term : adding_) {
    set_of_[slot] = set_with(set_of_[slot], term);
    documents_[term].add(slot);
  }
  any_.add(slot);
}

std::uint32_t TermColumn::number_of(std::string_view value) {
  const auto found = numbers_.find(value);
  if (found != numbers_.end()) return found->second;
  const auto added = numbers_.emplace(value, term_count()).first;
  values_.push_back(&added->first);
  documents_.emplace_back();
  return added->second;
}

std::uint32_t TermColumn::set_with(std::uint32_t set, std::uint32_t term) {
  const auto next = static_cast<std::uint32_t>(sets_.size());
  const auto [place, is_new] = larger_.emplace(std::uint64_t{set} << 32U | term, next);
  if (is_new) sets_.push_back({set, term});
  return place->second;
}

const Roaring* TermColumn::find(std::string_view value) const {
  const auto found = numbers_.find(value);
  return found == numbers_.end() ? nullptr : &documents_[found->second];
}

std::vector<std::uint32_t> TermColumn::count(const std::vector<std::uint32_t>& slots) const {
  // A step from a set to the next smaller one costs about as much as four sets in a row.
  constexpr std::size_t kStepCost = 4;
  const auto* begin = slots.data();
  const auto* end = std::lower_bound(begin, begin + slots.size(), set_of_.size());
  if (static_cast<std::size_t>(end - begin) * kStepCost > sets_.size()) {
    return count_sets(begin, end);
  }
  std::vector<std::uint32_t> counts(values_.size());
  for (const auto* slot = begin; slot != end; ++slot) {
    for (auto set = set_of_[*slot]; set != kEmptySet; set = sets_[set].smaller) {
      ++counts[sets_[set].term];
    }
  }
  return counts;
}

std::vector<std::uint32_t> TermColumn::count_sets(const std::uint32_t* begin,
                                                  const std::uint32_t* end) const {
  std::vector<std::uint32_t> with_set(sets_.size());
  for (const auto* slot = begin; slot != end; ++slot) ++with_set[set_of_[*slot]];
  std::vector<std::uint32_t> counts(values_.size());
  for (std::size_t set = sets_.size() - 1; set > kEmptySet; --set) {
    counts[sets_[set].term] += with_set[set];
    with_set[sets_[set].smaller] += with_set[set];
  }
  return counts;
}

}  // namespace minato::storage::sqlite::search
