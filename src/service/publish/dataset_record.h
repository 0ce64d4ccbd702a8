// Writing a changed dataset, and everything that has to be known of the change afterwards.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "service/publish/dataset_rules.h"
#include "service/publish/dataset_scope.h"

namespace minato::service {

struct DatasetRecord {
  Changes& changes;                          // gets one subject and one activity
  std::vector<storage::TableKey>& files;     // of rows nobody needs after the commit
  std::optional<std::string_view> reason{};  // of remove(), for the tombstone
};

// Puts the dataset, its former name, tombstone, origins and field owners; gives the dataset as the
// catalogue holds it now.
core::Result<core::Dataset> record_dataset(const DatasetScope& scope, const DatasetPair& pair,
                                           const DatasetRecord& record);

// Removes it for good; its origins stay, marked so that it does not come back.
core::Result<void> record_purge(const DatasetScope& scope, const core::Dataset& dataset,
                                const DatasetRecord& record);

// Writes Changes::result, and reads it. No dataset: empty.
struct RememberedDataset {
  std::string id;
  std::string note;
};
std::string write_remembered(const RememberedDataset& remembered);
RememberedDataset read_remembered(std::string_view result);

}  // namespace minato::service
