// Datasets as templates show them.
#pragma once

#include "core/dataset.h"
#include "service/directory.h"
#include "web/page.h"

namespace minato::web {

// One entry of a list (dataset_item.mustache).
View dataset_summary(const core::Dataset& dataset, const service::Directory& directory,
                     const Visit& visit);
// Everything on the dataset's own page (dataset.mustache).
View dataset_view(const core::Dataset& dataset, const service::Directory& directory,
                  const Visit& visit);
// A resource with its column dictionary (part of dataset.mustache, and resource.mustache).
View resource_view(const core::Dataset& dataset, const core::Resource& resource,
                   const Visit& visit);

core::LocalizedText title_of(const core::Dataset& dataset);

}  // namespace minato::web
