#include "storage/sqlite/search/term_column.h"

namespace minato::storage::sqlite::search {

void TermColumn::add(std::uint32_t slot, std::string_view value) {
  auto found = numbers_.find(value);
  if (found == numbers_.end()) {
    found = numbers_.emplace(value, term_count()).first;
    values_.push_back(&found->first);
    documents_.emplace_back();
  }
  if (starts_.size() <= slot) {
    starts_.resize(slot + 1, static_cast<std::uint32_t>(terms_.size()));
  }
  terms_.push_back(found->second);
  documents_[found->second].add(slot);
  any_.add(slot);
}

const Roaring* TermColumn::find(std::string_view value) const {
  const auto found = numbers_.find(value);
  return found == numbers_.end() ? nullptr : &documents_[found->second];
}

}  // namespace minato::storage::sqlite::search
