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
class TermColumn {
 public:
  // REQUIRES: `slot` is not below that of an earlier call; each value once per slot.
  void add(std::uint32_t slot, std::string_view value);

  // Numbers of values, as in value().
  [[nodiscard]] std::span<const std::uint32_t> terms_of(std::uint32_t slot) const {
    if (slot + 1 >= starts_.size()) {
      return slot + 1 == starts_.size() ? std::span(terms_).subspan(starts_[slot])
                                        : std::span<const std::uint32_t>();
    }
    return {terms_.data() + starts_[slot], terms_.data() + starts_[slot + 1]};
  }
  [[nodiscard]] std::uint32_t term_count() const {
    return static_cast<std::uint32_t>(values_.size());
  }
  [[nodiscard]] const std::string& value(std::uint32_t term) const { return *values_[term]; }
  [[nodiscard]] const Roaring& documents(std::uint32_t term) const { return documents_[term]; }
  // Null when no document has the value.
  [[nodiscard]] const Roaring* find(std::string_view value) const;
  // The documents that have any value.
  [[nodiscard]] const Roaring& any() const { return any_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<const std::string*> values_;  // keys of numbers_
  std::vector<Roaring> documents_;
  Roaring any_;
  std::vector<std::uint32_t> starts_;  // of a slot in terms_; ends with the last slot that has any
  std::vector<std::uint32_t> terms_;
};

}  // namespace minato::storage::sqlite::search
