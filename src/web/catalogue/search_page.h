// /dataset: search results with facets, and what helps when nothing is found.
#pragma once

#include "web/catalogue/figures_cache.h"
#include "web/catalogue/paging.h"
#include "web/frame/page.h"

namespace minato::web {

core::Result<Page> search_page(const Visit& visit, FiguresCache& cache);

}  // namespace minato::web
