// Faults of table files as Errors.
#pragma once

#include <SQLiteCpp/Exception.h>

#include <string>
#include <type_traits>
#include <utility>

#include "core/error.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

// "query-too-slow" (kDeadline), "table-damaged" (kInternal), else as the catalogue's files.
core::Error to_table_error(const SQLite::Exception& fault);

core::Error version_missing(const TableKey& key);
core::Error too_slow();
core::Error damaged(const std::string& what);

// Runs `work`, which returns a core::Result, and turns a fault of the engine into the failing half.
template <typename Work>
auto table_guarded(Work&& work) -> std::invoke_result_t<Work> {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& fault) {
    return tl::unexpected<core::Error>(to_table_error(fault));
  }
}

}  // namespace minato::storage::sqlite::tables
