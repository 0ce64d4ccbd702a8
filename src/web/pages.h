// The other pages: start page, datasets, resources, organizations and groups.
#pragma once

#include "core/dataset.h"
#include "web/page.h"

namespace minato::web {

core::Result<Page> home_page(const Visit& visit);
core::Result<Page> dataset_page(const Visit& visit);
core::Result<Page> resource_page(const Visit& visit);
core::Result<Page> about_page(const Visit& visit);
// The list of organizations or groups, and one of them with its datasets.
core::Result<Page> group_list_page(const Visit& visit, core::GroupKind kind);
core::Result<Page> group_page(const Visit& visit, core::GroupKind kind);

}  // namespace minato::web
