// The start page.
#pragma once

#include "web/catalogue/figures_cache.h"
#include "web/frame/page.h"

namespace minato::web {

core::Result<Page> home_page(const Visit& visit, FiguresCache& cache);

}  // namespace minato::web
