// Atom feeds at CKAN's addresses: /feeds/dataset.atom, /feeds/{organization,group,tag}/{id}.atom
// and /feeds/custom.atom. The first also takes the parameters of /dataset: the feed of any search.
#pragma once

#include <vector>

#include "http/route.h"
#include "service/catalog.h"

namespace minato::http {

// `catalog` outlives the rows.
std::vector<Route> feed_routes(service::Catalog& catalog);

}  // namespace minato::http
