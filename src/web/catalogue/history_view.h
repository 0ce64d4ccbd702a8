// What changed: versions of the tables and of the dataset's entry (dataset_history.mustache).
#pragma once

#include "web/catalogue/dataset_material.h"

namespace minato::web {

// Sets "has_history" and what the section shows.
void put_history(View& view, const DatasetMaterial& material, const Visit& visit);

}  // namespace minato::web
