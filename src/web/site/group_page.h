// /organization/{id} and /group/{id}: one of them with its datasets.
#pragma once

#include <memory>

#include "core/dataset.h"
#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

// Parameters: page, sort (-modified, title, -created).
PageMaker group_page(core::GroupKind kind, std::shared_ptr<GroupFactsCache> facts);

}  // namespace minato::web
