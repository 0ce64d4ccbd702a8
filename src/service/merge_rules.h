// How one value, and one list of items, is merged three-way. The rule is told in dataset_merge.h.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace minato::service {

// `current` becomes what it shall be; true when it stays although the source says something else.
template <typename T>
bool merge_value(const T& base, const T& theirs, T& current) {
  if (current == base) {
    current = theirs;
    return false;
  }
  return !(current == theirs);
}

template <typename T, typename Key>
const T* find_by(const std::vector<T>& items, const Key& key_of, const std::string& key) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const T& item) { return key_of(item) == key; });
  return found == items.end() ? nullptr : &*found;
}

template <typename T>
struct ListVersions {
  const std::vector<T>& base;
  const std::vector<T>& theirs;
};

// Merges `current` item by item. `key_of` names an item; `merge_item(base, theirs, current)` merges
// one that all three have; it may be given base = theirs when the source never had it before. True
// when staff's choice of items differs from the source's.
template <typename T, typename Key, typename MergeItem>
bool merge_list(const ListVersions<T>& source, std::vector<T>& current, const Key& key_of,
                const MergeItem& merge_item) {
  bool kept = false;
  std::vector<T> merged;
  for (T& item : current) {
    const std::string key = key_of(item);
    const T* was = find_by(source.base, key_of, key);
    const T* is = find_by(source.theirs, key_of, key);
    if (is == nullptr) {
      if (was != nullptr && *was == item)
        continue;  // the source dropped it, staff never touched it
      kept = true;
    } else {
      merge_item(was == nullptr ? *is : *was, *is, item);
    }
    merged.push_back(std::move(item));
  }
  for (const T& item : source.theirs) {
    const std::string key = key_of(item);
    if (find_by(merged, key_of, key) != nullptr) continue;
    if (find_by(source.base, key_of, key) != nullptr) {
      kept = true;  // staff removed it
    } else {
      merged.push_back(item);
    }
  }
  current = std::move(merged);
  return kept;
}

}  // namespace minato::service
