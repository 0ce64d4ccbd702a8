// /theme: the 17 fields of e-Stat by which datasets are sorted.
#pragma once

#include "web/catalogue/figures_cache.h"
#include "web/frame/page.h"

namespace minato::web {

core::Result<Page> themes_page(const Visit& visit, FiguresCache& cache);

}  // namespace minato::web
