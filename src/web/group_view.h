// Organizations and groups as templates show them.
#pragma once

#include <vector>

#include "core/dataset.h"
#include "service/directory.h"
#include "web/page.h"

namespace minato::web {

// {title, href, count} of each, by name: organizations are named by their code, whose order is the
// one that people know from official lists.
View group_links(const std::vector<core::Group>& groups, const service::Directory& directory,
                 const Visit& visit);
// Everything on the page of one.
View group_view(const core::Group& group, const service::Directory& directory, const Visit& visit);

}  // namespace minato::web
