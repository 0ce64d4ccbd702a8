// One dataset from what it was to what somebody wants it to be: every rule, in order, inside one
// transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "service/publish/dataset_record.h"
#include "service/publish/dataset_scope.h"
#include "service/publish/dataset_writes.h"

namespace minato::service {

core::Result<WrittenDataset> create_dataset(const DatasetScope& scope, DatasetEdit wanted,
                                            bool with_made_name, const DatasetRecord& record);

// `before` as the catalogue holds it.
core::Result<WrittenDataset> change_dataset(const DatasetScope& scope, const core::Dataset& before,
                                            const DatasetWrites::Edit& edit,
                                            const DatasetRecord& record);

// Soft. Not `changed` when it was removed before.
core::Result<WrittenDataset> remove_dataset(const DatasetScope& scope, const core::Dataset& before,
                                            const DatasetRecord& record);

}  // namespace minato::service
