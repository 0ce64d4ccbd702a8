// /organization and /group: everybody who publishes, and the groups that datasets are put into.
#pragma once

#include <memory>

#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

// Parameters: q (in names, kana and English), kind (of municipality), sort (name, datasets,
// updated; else the order of the codes).
PageMaker organizations_page(std::shared_ptr<GroupFactsCache> facts);

PageMaker groups_page(std::shared_ptr<GroupFactsCache> facts);

}  // namespace minato::web
