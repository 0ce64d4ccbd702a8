// Tables of rows in files of a data directory.
#pragma once

#include <memory>
#include <string>

#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

struct TableStoreOptions {
  std::size_t max_idle_tables = 16;  // open, waiting for the next question
  int cache_kib = 2048;              // page cache of each
  std::size_t max_schemas = 256;     // kept in memory
};

// Creates the folder when it is missing, and removes what ended processes left half-written.
// Several processes may have it open. Errors: "storage-io" (kUnavailable), "storage-full".
core::Result<std::unique_ptr<TableStore>> open_table_store(const std::string& data_dir,
                                                           const TableStoreOptions& options = {});

}  // namespace minato::storage::sqlite::tables
