// SQLite's faults as Errors. Inside this folder faults travel as SQLite::Exception; at its border
// `guarded` ends that.
#pragma once

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <type_traits>
#include <utility>

#include "core/error.h"

namespace minato::storage::sqlite {

// The fault that the last call on `database` ended with. SQLite knows only one of the ways in which
// a system says that nothing more can be written; the others become SQLITE_FULL here.
SQLite::Exception engine_fault(sqlite3* database, int code);

core::Error to_error(const SQLite::Exception& fault);

// Runs `work`, which returns a core::Result, and turns a fault of the engine into the failing half.
template <typename Work>
auto guarded(Work&& work) -> std::invoke_result_t<Work> {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& fault) {
    return tl::unexpected<core::Error>(to_error(fault));
  }
}

}  // namespace minato::storage::sqlite
