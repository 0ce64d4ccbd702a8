// Errors as rows of the job, and exceptions of adapters as errors.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

// What a fault is about. Empty object and record: the job as a whole.
struct FaultPlace {
  std::string job_id;
  std::string stage;  // "gather", "fetch", "import", "file"
  std::string object_id;
  std::string record;
  std::string url;
};

storage::HarvestFault make_fault(const FaultPlace& place, const core::Error& error,
                                 core::Timestamp now);

core::Result<void> add_fault(storage::HarvestStore& store, const FaultPlace& place,
                             const core::Error& error, core::Timestamp now);

// "harvest-broke-off": a fault of our own; `what` goes to the log.
core::Error broken_error(std::string_view what);

// Whether nobody answered at all, so that asking again for something else is of no use either.
bool is_unreachable(const core::Error& error);

// Calls `work`; what it throws becomes broken_error(). An adapter stands between us and hostile
// documents: what breaks in it must not take other sources with it.
template <typename Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& exception) {
    return tl::unexpected<core::Error>(broken_error(exception.what()));
  } catch (...) {
    return tl::unexpected<core::Error>(broken_error("an exception of an unknown type"));
  }
}

}  // namespace minato::harvest
