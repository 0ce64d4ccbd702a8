// Whether a dataset is as new as its publisher promised.
#pragma once

#include <cstdint>
#include <string>

#include "core/dataset.h"
#include "core/time.h"
#include "web/frame/texts.h"

namespace minato::web {

// When its files last changed; when no file says, the entry: where it comes from, or else ours.
core::Timestamp newest_of(const core::Dataset& dataset);

struct Freshness {
  core::Timestamp newest;    // newest_of()
  std::int64_t days = 0;     // since then, as days in Japan
  bool is_periodic = false;  // false: it cannot be late
  bool is_late = false;
};

// Late is only what is clearly late: half a period and ten days beyond the period, so that
// holidays and the time that statistics take are no fault.
Freshness freshness_of(const core::Dataset& dataset, core::Timestamp now);

}  // namespace minato::web
