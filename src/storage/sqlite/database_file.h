// Opening a database file: what is not ours, damaged, or newer than this program is refused with
// a clear error and left as it is.
#pragma once

#include <memory>
#include <string>

#include "core/error.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/migrations.h"

namespace minato::storage::sqlite {

// Makes sure the folder is there (created with its parents, mode 0750) and can be written.
// Errors: "data-dir-invalid".
core::Result<void> prepare_data_dir(const std::string& data_dir);

// Checks the file, creates or upgrades it, and returns the connection that writes. Cheap: reads the
// header and the schema, not the data (SQLite refuses a file shorter than its header says). Errors:
// "catalog-not-a-database", "catalog-foreign", "catalog-damaged", "catalog-too-new",
// "catalog-read-only", "catalog-locked", "catalog-no-wal", "catalog-migration-failed".
core::Result<std::unique_ptr<Connection>> open_database_file(ConnectionOptions options,
                                                             const FileKind& kind = catalog_file());

}  // namespace minato::storage::sqlite
