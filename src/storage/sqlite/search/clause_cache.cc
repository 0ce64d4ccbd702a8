#include "storage/sqlite/search/clause_cache.h"

namespace minato::storage::sqlite::search {
namespace {

constexpr std::size_t kEntryBytes = 200;  // list node, map node, and what the allocator adds

}  // namespace

std::shared_ptr<const Clause> ClauseCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->clause;
}

void ClauseCache::put(const std::string& key, std::shared_ptr<const Clause> clause) {
  const std::size_t bytes = clause->bytes() + key.size() + kEntryBytes;
  if (bytes > max_bytes_) return;
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
  entries_.push_front({key, std::move(clause), bytes});
  by_key_.emplace(entries_.front().key, entries_.begin());
  bytes_ += bytes;
  while (bytes_ > max_bytes_) drop(std::prev(entries_.end()));
}

void ClauseCache::drop(Entries::iterator entry) {
  bytes_ -= entry->bytes;
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace minato::storage::sqlite::search
