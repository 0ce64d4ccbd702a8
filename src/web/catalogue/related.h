// Datasets somebody who reads this one may want as well.
#pragma once

#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "service/catalog.h"

namespace minato::web {

// At most five, the nearest first: those that share tags and words of the title, then those of the
// same field and publisher. One search; never the dataset itself.
core::Result<std::vector<core::DatasetPointer>> related_datasets(service::Catalog& catalog,
                                                                 const core::Dataset& dataset);

}  // namespace minato::web
