// What search engines read: schema.org as JSON-LD, after Google's guide for datasets. Finished JSON
// for Page::json_ld.
#pragma once

#include <string>

#include "web/catalogue/dataset_material.h"
#include "web/frame/page.h"

namespace minato::web {

// A Dataset with its distributions, and the breadcrumbs of its page.
std::string dataset_json_ld(const DatasetMaterial& material, const Page& page, const Visit& visit);

// The site with its search box: for the start page.
std::string website_json_ld(const Visit& visit);

}  // namespace minato::web
