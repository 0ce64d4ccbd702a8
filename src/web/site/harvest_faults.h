// What went wrong in a harvest job, sorted for the people who can mend it: each kind of fault once,
// with its cure and some of the places.
#pragma once

#include "core/error.h"
#include "core/harvest.h"
#include "web/frame/page.h"

namespace minato::web {

// Sets "has_faults", "faults" and "more_faults" (where the API lists all; false when all are
// shown). Fails as the harvest store fails.
core::Result<void> put_faults(View& view, const core::HarvestJob& job, const Visit& visit);

}  // namespace minato::web
