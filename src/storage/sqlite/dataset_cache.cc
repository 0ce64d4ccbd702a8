#include "storage/sqlite/dataset_cache.h"

#include <utility>

#include "storage/sqlite/dataset_rows.h"

namespace minato::storage::sqlite {

std::shared_ptr<const core::Dataset> DatasetCache::load(Connection& connection,
                                                        std::int64_t dataset_no) {
  std::int64_t change = 0;
  {
    Statement row = connection.prepare("SELECT change FROM dataset WHERE dataset_no = ?1");
    row.bind(1, dataset_no);
    if (!row.step()) return nullptr;
    change = row.integer(0);
  }
  if (auto found = find(dataset_no, change)) return found;
  auto loaded = load_dataset(connection, dataset_no);
  if (!loaded) return nullptr;
  auto dataset = std::make_shared<const core::Dataset>(std::move(*loaded));
  keep({dataset_no, change, dataset});
  return dataset;
}

std::shared_ptr<const core::Dataset> DatasetCache::find(std::int64_t dataset_no,
                                                        std::int64_t change) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(dataset_no);
  if (place == places_.end() || place->second->change != change) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->dataset;
}

void DatasetCache::keep(Entry entry) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(entry.dataset_no);
  if (place != places_.end()) {
    // A reader of an older moment must not push out what newer ones share.
    if (place->second->change < entry.change) *place->second = std::move(entry);
    return;
  }
  entries_.push_front(std::move(entry));
  places_[entries_.front().dataset_no] = entries_.begin();
  if (entries_.size() <= max_datasets_) return;
  places_.erase(entries_.back().dataset_no);
  entries_.pop_back();
}

}  // namespace minato::storage::sqlite
