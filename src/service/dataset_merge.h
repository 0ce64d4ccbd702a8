// The three-way merge that lets what staff changed survive an update from a dataset's source.
//
// For each field: where the catalogue still holds what the source last said, the source's new value
// is taken; where it holds something else, that belongs to staff and stays. Lists are merged item
// by item: tags and groups by name, extras by key, resources by id; what staff removed stays
// removed. The bytes of a resource (url, size, hash, blob, last_modified) are one field.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"

namespace minato::service {

// Tells where the catalogue keeps something else than the source's newest word, as JSON Pointers.
using KeptFields = std::vector<std::string>;

struct DatasetMerge {
  core::Dataset dataset;
  KeptFields kept;       // "/title", "/extras/license_note", "/resources/<id>/description"
  bool changed = false;  // `dataset` differs from the current one
};

struct DatasetVersions {
  const core::Dataset& base;     // what the source said last time
  const core::Dataset& theirs;   // what it says now
  const core::Dataset& current;  // what the catalogue holds
  // JSON Pointers of fields that stay as they are in `current` even when they equal `base`. One
  // owns what stands below it; "/resources/<id>/url" is the bytes. An owned list is not merged by
  // items.
  const KeptFields& owned = no_fields();

  static const KeptFields& no_fields() {
    static const KeptFields none;
    return none;
  }
};

// When something changed, `modified` of the dataset, and `metadata_modified` of each resource that
// changed, become `now`. Identity, state and privacy are those of the current one.
DatasetMerge merge_dataset(const DatasetVersions& versions, core::Timestamp now);

}  // namespace minato::service
