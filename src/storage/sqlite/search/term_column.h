// The values of one field of all documents: from document to values for counting, from value to
// documents for filtering.
#pragma once

#include <cstdint>
#include <roaring/roaring.hh>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace minato::storage::sqlite::search {

// Documents are slots 0, 1, 2, ... added in this order. Not thread-safe.
//
// Many documents have the same set of values, so a document has the number of a set, and a set is
// another one plus a value. That counts quickly: documents per set, then sets per value.
class TermColumn {
 public:
  // REQUIRES: `slot` is not below that of an earlier call; each value once per slot. Sets stay few
  // when all values of a slot come in one call.
  void add(std::uint32_t slot, std::span<const std::string_view> values);

  // Values are numbers 0, 1, 2, ... here.
  [[nodiscard]] std::uint32_t term_count() const {
    return static_cast<std::uint32_t>(values_.size());
  }
  [[nodiscard]] const std::string& value(std::uint32_t term) const { return *values_[term]; }
  [[nodiscard]] const Roaring& documents(std::uint32_t term) const { return documents_[term]; }
  // Null when no document has the value.
  [[nodiscard]] const Roaring* find(std::string_view value) const;
  // The documents that have any value.
  [[nodiscard]] const Roaring& any() const { return any_; }

  // By value: how many of `slots` have it. REQUIRES: `slots` ascending.
  [[nodiscard]] std::vector<std::uint32_t> count(const std::vector<std::uint32_t>& slots) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct Set {
    std::uint32_t smaller = 0;  // the set without `term`; its number is below this one's
    std::uint32_t term = 0;
  };
  static constexpr std::uint32_t kEmptySet = 0;

  std::uint32_t number_of(std::string_view value);
  std::uint32_t set_with(std::uint32_t set, std::uint32_t term);
  std::vector<std::uint32_t> count_sets(const std::uint32_t* begin, const std::uint32_t* end) const;

  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<const std::string*> values_;  // keys of numbers_
  std::vector<Roaring> documents_;
  Roaring any_;
  std::vector<std::uint32_t> set_of_;  // by slot; ends with the last slot that has any value
  std::vector<Set> sets_{Set{}};       // the first is kEmptySet
  std::unordered_map<std::uint64_t, std::uint32_t> larger_;  // from smaller set and term
  std::vector<std::uint32_t> adding_;                        // only used inside add()
};

}  // namespace minato::storage::sqlite::search
