// What is left of a deleted dataset that everybody could see: why it went, and whom to ask (410).
#pragma once

#include "web/frame/page.h"

namespace minato::web {

// For a dataset that is not found: the page of its tombstone, else `missing`.
core::Result<Page> page_of_missing(const core::Error& missing, const Visit& visit);

}  // namespace minato::web
