// Dictionaries of datasets as JSON, kept for the next reply that shows the same ones.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/dataset.h"
#include "http/handlers/ckan/rendering.h"

namespace minato::http::ckan {

// Thread-safe. An entry is good for one value of the dataset, which it holds, and for one
// directory; a newer directory empties the cache. The least recently used go first.
class RenderedDatasets {
 public:
  explicit RenderedDatasets(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // A list of what write_ckan_dataset() writes.
  void write(formats::JsonWriter& json, const std::vector<core::DatasetPointer>& datasets,
             const Rendering& rendering);

 private:
  struct Entry {
    core::DatasetPointer dataset;
    std::shared_ptr<const std::string> json;
    [[nodiscard]] std::size_t bytes() const;
  };
  using Entries = std::list<Entry>;

  std::shared_ptr<const std::string> render(const core::DatasetPointer& dataset,
                                            const Rendering& rendering);
  std::shared_ptr<const std::string> find(const core::DatasetPointer& dataset,
                                          const Rendering& rendering);
  void keep(Entry entry, const Rendering& rendering);

  const std::size_t max_bytes_;
  std::mutex mutex_;
  // All guarded by mutex_. entries_: most recently used first.
  std::shared_ptr<const service::Directory> directory_;
  std::size_t bytes_ = 0;
  Entries entries_;
  std::unordered_map<const core::Dataset*, Entries::iterator> places_;
};

}  // namespace minato::http::ckan
