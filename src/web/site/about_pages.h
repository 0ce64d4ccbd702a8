// /about and /accessibility: what this site is, whom to ask, what is promised.
#pragma once

#include <memory>

#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

PageMaker about_page(std::shared_ptr<GroupFactsCache> facts);

core::Result<Page> accessibility_page(const Visit& visit);

// Sets "site_contact" (as written) and "site_contact_href" (mail or web address): both false when
// the operator named none.
void put_site_contact(View& view, const Visit& visit);

}  // namespace minato::web
