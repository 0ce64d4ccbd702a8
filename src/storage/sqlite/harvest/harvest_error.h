// Errors of the harvest store.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/error.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite::harvest {

// What befell a database file, told of harvest.db at `path`: "catalog-damaged" becomes
// "harvest-store-damaged" and so on. Errors that are not about a file stay as they are.
core::Error of_harvest_file(core::Error error, const std::string& path);

tl::unexpected<core::Error> source_exists(std::string_view name);
tl::unexpected<core::Error> source_not_found(std::string_view id_or_name);
tl::unexpected<core::Error> job_exists();
tl::unexpected<core::Error> job_not_found();
tl::unexpected<core::Error> job_finished();
tl::unexpected<core::Error> record_exists(std::string_view remote_id);

core::Error error_of(const SQLite::Exception& fault, const std::string& path);

// As sqlite_error.h's `guarded`, for harvest.db at `path`.
template <typename Work>
auto guarded_for(const std::string& path, Work&& work) -> std::invoke_result_t<Work> {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& fault) {
    return tl::unexpected<core::Error>(error_of(fault, path));
  }
}

}  // namespace minato::storage::sqlite::harvest
