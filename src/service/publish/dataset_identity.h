// Ids and names of datasets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "service/publish/dataset_scope.h"

namespace minato::service {

// By id, name or former name, any state; kNotFound "dataset-not-found".
core::Result<core::Dataset> find_dataset(storage::CatalogReader& reader,
                                         std::string_view id_or_name);

// The id of a new dataset: one that a sysadmin gave, else a new one. A wrong for anything else.
core::Result<void> settle_id(const DatasetScope& scope, DatasetEdit& edit);
// A readable name that is free, made of the title.
core::Result<void> make_name(const DatasetScope& scope, core::Dataset& dataset);
// A wrong when another dataset that is not deleted has the name.
core::Result<void> check_name_is_free(const DatasetScope& scope, DatasetEdit& edit);

}  // namespace minato::service
