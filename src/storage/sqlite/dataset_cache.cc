#include "storage/sqlite/dataset_cache.h"

#include <utility>

#include "storage/sqlite/dataset_rows.h"

namespace minato::storage::sqlite {

std::shared_ptr<const core::Dataset> DatasetCache::load(Connection& connection,
                                                        std::int64_t dataset_no,
                                                        std::int64_t document, bool keep) {
  if (auto found = find(document)) return found;
  auto loaded = load_dataset(connection, dataset_no);
  if (!loaded) return nullptr;
  auto dataset = std::make_shared<const core::Dataset>(std::move(*loaded));
  if (keep) hold({document, dataset});
  return dataset;
}

std::shared_ptr<const core::Dataset> DatasetCache::find(std::int64_t document) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(document);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->dataset;
}

void DatasetCache::hold(Entry entry) {
  const std::lock_guard lock(mutex_);
  if (places_.contains(entry.document)) return;  // somebody else was faster
  entries_.push_front(std::move(entry));
  places_[entries_.front().document] = entries_.begin();
  if (entries_.size() <= max_datasets_) return;
  places_.erase(entries_.back().document);
  entries_.pop_back();
}

}  // namespace minato::storage::sqlite
