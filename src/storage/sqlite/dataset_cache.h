// Datasets that searches have shown lately, whole. Loading one takes half a dozen statements, and
// the same ones are on many pages of results.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "core/dataset.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Thread-safe. An entry is good for one state of its dataset: its key is the number of that state
// in the search index (SearchHits::documents), so what a reader gets is what its transaction sees.
class DatasetCache {
 public:
  explicit DatasetCache(std::size_t max_datasets) : max_datasets_(max_datasets) {}

  // As load_dataset(), which it calls for what it does not hold; null when there is no dataset of
  // that number. REQUIRES: `connection` sees committed states only (the number of one that is
  // rolled back is used again), and `document` is the dataset's in what it sees.
  // Without `keep` what it loads is not held.
  std::shared_ptr<const core::Dataset> load(Connection& connection, std::int64_t dataset_no,
                                            std::int64_t document, bool keep = true);

 private:
  struct Entry {
    std::int64_t document = 0;
    std::shared_ptr<const core::Dataset> dataset;
  };

  std::shared_ptr<const core::Dataset> find(std::int64_t document);
  void hold(Entry entry);

  const std::size_t max_datasets_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // last used first
  std::unordered_map<std::int64_t, std::list<Entry>::iterator> places_;
};

}  // namespace minato::storage::sqlite
