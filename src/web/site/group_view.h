// Organizations and groups as templates show them.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "service/directory.h"
#include "web/frame/page.h"

namespace minato::web {

// Without the language: "/organization/141003".
std::string group_path(const core::Group& group);
// 市, or "City" on English pages.
std::string kind_name(const core::Group& group, const Visit& visit);

// {title, href, count, kind} of each, by name: organizations are named by their code, whose order
// is the one that people know from official lists.
View group_links(const std::vector<core::Group>& groups, const service::Directory& directory,
                 const Visit& visit);
// What is known about one: title, description, codes, parent and what lies below it.
View group_view(const core::Group& group, const service::Directory& directory, const Visit& visit);

}  // namespace minato::web
