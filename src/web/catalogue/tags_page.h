// /tag: every keyword of the catalogue.
#pragma once

#include "web/catalogue/figures_cache.h"
#include "web/frame/page.h"

namespace minato::web {

// `q`: only those that contain it. `initial`: only those of one letter (below).
core::Result<Page> tags_page(const Visit& visit, FiguresCache& cache);

}  // namespace minato::web
