// /dataset/{id}: one dataset, its files, and everything one needs to use them.
#pragma once

#include "web/frame/page.h"

namespace minato::web {

// Another of its names (an old one, or its id in another spelling) leads to its address; a removed
// one tells why it went (410).
core::Result<Page> dataset_page(const Visit& visit);

}  // namespace minato::web
