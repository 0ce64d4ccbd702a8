// What follows a publication and delays nobody: the index of words, old versions, old jobs.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "core/error.h"
#include "service/imports/import_run.h"

namespace minato::service {

struct Upkeep {
  std::int64_t keep_versions = 0;  // of a table; 0: all
  std::int64_t keep_jobs = 50;     // ended ones per resource
};

// Doing it twice, or not to its end, harms nothing; what is left over goes the next time. Never
// removes the current version, nor one that was current less than an hour ago (somebody may be
// reading it page by page).
core::Result<void> keep_tidy(std::string_view resource_id, const ImportServices& services,
                             const Upkeep& upkeep, const std::atomic<bool>& stop);

}  // namespace minato::service
