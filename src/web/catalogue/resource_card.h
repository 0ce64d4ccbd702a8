// One file of a dataset on the dataset's page (dataset_file.mustache).
#pragma once

#include "web/catalogue/dataset_material.h"

namespace minato::web {

View resource_card(const DatasetMaterial& material, const core::Resource& resource,
                   const Visit& visit);

}  // namespace minato::web
