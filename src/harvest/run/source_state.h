// Whether a source may be harvested at all.
#pragma once

#include "core/error.h"
#include "core/harvest.h"

namespace minato::harvest {

// kConflict "harvest-source-disabled". Paused and frozen ones may: a person who asks for a run
// knows why.
core::Result<void> check_usable(const core::HarvestSource& source);

}  // namespace minato::harvest
