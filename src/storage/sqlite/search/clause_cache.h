// Answers to single clauses ("観光" in the title), kept for other searches with the same clause.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <roaring/roaring.hh>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/sqlite/search/strengths.h"

namespace minato::storage::sqlite::search {

// Immutable once it is shared. Documents that are gone may still be in it.
struct Clause {
  Roaring slots;
  Strengths strengths;      // empty when the clause is not scored
  std::int64_t covers = 0;  // the answer for documents up to this number
  [[nodiscard]] std::size_t bytes() const {
    return sizeof(Clause) + slots.getSizeInBytes() + strengths.bytes();
  }
};

// The least recently used go first. Thread-safe.
class ClauseCache {
 public:
  explicit ClauseCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  // Null when it is not here.
  std::shared_ptr<const Clause> find(const std::string& key);
  void put(const std::string& key, std::shared_ptr<const Clause> clause);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Clause> clause;
    std::size_t bytes = 0;
  };
  using Entries = std::list<Entry>;
  void drop(Entries::iterator entry);

  const std::size_t max_bytes_;
  std::mutex mutex_;
  // All guarded by mutex_. entries_: most recently used first.
  std::size_t bytes_ = 0;
  Entries entries_;
  std::unordered_map<std::string_view, Entries::iterator> by_key_;  // views into entries_
};

}  // namespace minato::storage::sqlite::search
