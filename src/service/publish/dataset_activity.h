// What CKAN's activity stream tells of a changed dataset.
#pragma once

#include "core/error.h"
#include "service/publish/dataset_rules.h"
#include "service/publish/dataset_scope.h"
#include "storage/history.h"

namespace minato::service {

// "new package" for a new one and one that is published, "deleted package", "changed package".
// data: {"package": <as package_show writes it>, "actor": "<name of the user>"}; of a dataset that
// is large in JSON the package has only what a list shows of it.
core::Result<storage::Activity> activity_of(const DatasetScope& scope, const DatasetPair& pair);

}  // namespace minato::service
