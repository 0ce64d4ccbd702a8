// Database files beside the catalogue: what each is called, and what is told when one is refused.
#pragma once

#include <SQLiteCpp/Exception.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/error.h"
#include "storage/sqlite/migrations.h"

namespace minato::storage::sqlite {

// Ids of errors about such a file.
struct SideFileErrors {
  std::string_view not_a_database;
  std::string_view foreign;
  std::string_view too_new;
  std::string_view damaged;
  std::string_view read_only;
  std::string_view locked;
  std::string_view busy;
  std::string_view no_wal;
  std::string_view migration_failed;
};

struct SideFile {
  FileKind kind;
  SideFileErrors ids;
  core::LocalizedText no_such_file;  // follows the path: " is not a file of the harvester."
  core::LocalizedText replace;       // how one that is beyond repair is replaced
  // What a fault means that is not about the file; may be null.
  std::optional<core::Error> (*meaning)(const SQLite::Exception& fault);
};

// What befell a database file, told of this one at `path`: "catalog-damaged" becomes
// `ids.damaged` and so on. Errors that are not about a file stay as they are.
core::Error of_side_file(core::Error error, const SideFile& file, const std::string& path);
core::Error side_file_error(const SQLite::Exception& fault, const SideFile& file,
                            const std::string& path);

// As sqlite_error.h's `guarded`, for that file.
template <typename Work>
auto guarded_side_file(const SideFile& file, const std::string& path, Work&& work)
    -> std::invoke_result_t<Work> {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& fault) {
    return tl::unexpected<core::Error>(side_file_error(fault, file, path));
  }
}

}  // namespace minato::storage::sqlite
