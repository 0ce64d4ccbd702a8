// package_search's `fl`: chosen fields of a dataset as Solr would give them back.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "formats/ckan_json.h"

namespace minato::http::ckan {

// One flat object. Fields that are unknown or have no value are left out; "*" means all.
void write_flat_dataset(formats::JsonWriter& json, const core::Dataset& dataset,
                        const std::vector<std::string>& fields,
                        const formats::CkanContext& context);

}  // namespace minato::http::ckan
