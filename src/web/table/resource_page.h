// The page of one file of a dataset: what it is, and the table in it if there is one.
#pragma once

#include "core/error.h"
#include "web/frame/page.h"

namespace minato::web {

core::Result<Page> resource_page(const Visit& visit);
// CKAN's address of the data dictionary: a view of the same page.
core::Result<Page> dictionary_page(const Visit& visit);

}  // namespace minato::web
