// The start page.
#pragma once

#include "web/catalogue/figures_cache.h"
#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

core::Result<Page> home_page(const Visit& visit, FiguresCache& cache, GroupFactsCache& facts);

}  // namespace minato::web
