// Organizations, groups, harvesting, documentation, about: the rows of their pages.
#pragma once

#include <memory>
#include <vector>

#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

std::vector<PageRow> site_pages(const std::shared_ptr<GroupFactsCache>& facts);

}  // namespace minato::web
