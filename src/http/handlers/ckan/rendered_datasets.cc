#include "http/handlers/ckan/rendered_datasets.h"

#include <utility>

namespace minato::http::ckan {

std::size_t RenderedDatasets::Entry::bytes() const {
  // The dataset holds about the same texts again; then list node, map node and pointers.
  return 2 * json->size() + 300;
}

void RenderedDatasets::write(formats::JsonWriter& json,
                             const std::vector<core::DatasetPointer>& datasets,
                             const Rendering& rendering) {
  json.begin_array();
  for (const auto& dataset : datasets) json.raw(*render(dataset, rendering));
  json.end_array();
}

std::shared_ptr<const std::string> RenderedDatasets::render(const core::DatasetPointer& dataset,
                                                            const Rendering& rendering) {
  if (auto found = find(dataset, rendering)) return found;
  std::string text;
  formats::JsonWriter json(text);
  formats::write_ckan_dataset(json, *dataset, rendering.context);
  text.shrink_to_fit();
  auto kept = std::make_shared<const std::string>(std::move(text));
  keep({dataset, kept}, rendering);
  return kept;
}

std::shared_ptr<const std::string> RenderedDatasets::find(const core::DatasetPointer& dataset,
                                                          const Rendering& rendering) {
  const std::lock_guard lock(mutex_);
  if (directory_ != rendering.directory) return nullptr;
  const auto place = places_.find(dataset.get());
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->json;
}

void RenderedDatasets::keep(Entry entry, const Rendering& rendering) {
  const std::lock_guard lock(mutex_);
  if (directory_ != rendering.directory) {
    // A reply that began before a change must not push out what newer ones share.
    if (directory_ && directory_->revision() > rendering.directory->revision()) return;
    directory_ = rendering.directory;
    bytes_ = 0;
    places_.clear();
    entries_.clear();
  }
  if (places_.contains(entry.dataset.get())) return;  // somebody else was faster
  bytes_ += entry.bytes();
  entries_.push_front(std::move(entry));
  places_[entries_.front().dataset.get()] = entries_.begin();
  while (bytes_ > max_bytes_) {
    bytes_ -= entries_.back().bytes();
    places_.erase(entries_.back().dataset.get());
    entries_.pop_back();
  }
}

}  // namespace minato::http::ckan
