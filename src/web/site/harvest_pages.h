// /harvest and /harvest/{source}: how collecting goes, for the public and for publishers. What they
// show is what /api/v1/harvest shows: never the options of a source.
#pragma once

#include "web/frame/page.h"

namespace minato::web {

// Parameter: state (good, late, stopped, unset, new).
core::Result<Page> harvest_page(const Visit& visit);

// Parameters: page (of jobs), job (whose faults are shown; else the newest).
core::Result<Page> harvest_source_page(const Visit& visit);

}  // namespace minato::web
