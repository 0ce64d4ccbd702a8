// When things are done again: runs of a source, checks of a file.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

// The source's own schedule, or the default.
std::string_view schedule_text(const core::HarvestSource& source, std::string_view fallback);

// The next run of a source whose `failures` and `unchanged_runs` are up to date; nullopt when it
// runs by hand only. Runs without any change stretch "every N" up to four times, failures put the
// next one off up to four intervals; the jitter follows from the source's id, so that it is the
// same every time. Fails with "harvest-schedule".
core::Result<std::optional<core::Timestamp>> next_run(const core::HarvestSource& source,
                                                      std::string_view fallback,
                                                      core::Timestamp now);

// After how long a file is looked at again that changed just now: at the next run.
std::int64_t first_check_us(const core::HarvestSource& source, std::string_view fallback,
                            core::Timestamp now);

// Sets checked, next_check and the two counters. Intervals double with every check that finds
// nothing new, or nothing at all, up to 30 days.
enum class FileCheck { kFailed, kUnchanged, kChanged };
void note_check(storage::HarvestFile& file, FileCheck result, core::Timestamp now,
                std::int64_t first_us);

}  // namespace minato::harvest
