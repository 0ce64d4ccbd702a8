// What an earlier harvest of the files found out stays when the metadata comes anew.
#pragma once

#include "core/dataset.h"

namespace minato::service {

// Takes the kept file (blob, hash, size, last_modified) and what its content showed (format, media
// type) from the resource of `before` with the same id into those of `theirs` that may still link
// the same file or a newer edition of it.
void carry_kept_files(const core::Dataset& before, core::Dataset& theirs);

}  // namespace minato::service
