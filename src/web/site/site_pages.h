// Organizations, groups, harvesting, documentation, about: the rows of their pages.
#pragma once

#include <vector>

#include "web/frame/page.h"

namespace minato::web {

std::vector<PageRow> site_pages();

}  // namespace minato::web
