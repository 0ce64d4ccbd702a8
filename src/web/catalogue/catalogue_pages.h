// The start page, search, datasets, tags and themes: the rows of their pages.
#pragma once

#include <vector>

#include "web/frame/page.h"

namespace minato::web {

std::vector<PageRow> catalogue_pages();

}  // namespace minato::web
