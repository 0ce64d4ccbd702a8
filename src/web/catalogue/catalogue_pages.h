// The start page, search, datasets, tags and themes: the rows of their pages.
#pragma once

#include <memory>
#include <vector>

#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

std::vector<PageRow> catalogue_pages(const std::shared_ptr<GroupFactsCache>& facts);

}  // namespace minato::web
