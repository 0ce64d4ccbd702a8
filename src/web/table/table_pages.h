// Resources: their tables, filters, charts, maps and downloads: the rows of their pages.
#pragma once

#include <vector>

#include "web/frame/page.h"

namespace minato::web {

std::vector<PageRow> table_pages();

}  // namespace minato::web
