// The file harvest.db: what is not ours, damaged or newer is refused and left as it is.
#pragma once

#include <memory>
#include <span>

#include "core/error.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/migrations.h"

namespace minato::storage::sqlite::harvest {

// The files of harvest/migrations/.
std::span<const Migration> harvest_migrations();

const FileKind& harvest_file();

// As open_database_file(), with errors of this file (harvest_error.h).
core::Result<std::unique_ptr<Connection>> open_harvest_file(ConnectionOptions options);

}  // namespace minato::storage::sqlite::harvest
