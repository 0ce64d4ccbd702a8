// From a kept file to tables: read it (tabular/), write its rows (TableStore), publish the versions
// (catalogue). What cannot be a table leaves a refusal that says why, and the old tables in place.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "service/table_preparation.h"
#include "storage/catalog_store.h"

namespace minato::service {

struct ImportOutcome {
  enum class Kind { kImported, kUnchanged, kRefused, kNoFile };
  Kind kind = Kind::kNoFile;
  std::vector<storage::TableVersion> tables;  // kImported, kUnchanged: the current ones
  core::Error refusal;                        // kRefused
};

// REQUIRES: resource.blob is kept, or empty (kNoFile). The same file with the same declared columns
// is not read again. Fails as the stores fail; then nothing has changed.
core::Result<ImportOutcome> import_resource(const core::Resource& resource,
                                            const ImportTarget& target);

struct ImportSummary {
  std::int64_t imported = 0;              // tables
  std::int64_t refused = 0;               // resources
  std::int64_t failed = 0;                // resources whose import broke; tried again next time
  std::vector<storage::TableKey> tables;  // the current ones of these datasets
};

// Every active resource of the datasets with these names, one after the other. `note` hears of
// everything that is not "unchanged".
core::Result<ImportSummary> import_datasets(
    const std::vector<std::string>& names, const ImportTarget& target,
    const std::function<void(const core::Resource&, const core::Result<ImportOutcome>&)>& note);

}  // namespace minato::service
