// The end of writing a version of a table: what was learnt from its rows, indexes, the document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/table.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/tables/row_profile.h"
#include "storage/sqlite/tables/table_files.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

// The index over the columns of the key.
inline constexpr const char* kKeyIndex = "rows_key";

// A table file whose rows are all there.
struct WrittenRows {
  Connection& connection;
  const TableDraft& draft;
  RowProfile& profile;        // has seen every row
  core::TableSchema& schema;  // with the number of rows; gets the rest
};

struct TableClosing {
  const ReadingNotes& notes;
  std::vector<std::size_t> key;  // columns that kKeyIndex is over
  std::int64_t next_row = 1;     // the number of the next new row
};

// Within the transaction that wrote the rows. Indexes of columns that are there and no longer
// wanted go. REQUIRES: no document and no index of positions. May throw SQLite::Exception.
void finish_table(const WrittenRows& rows, const TableClosing& closing);

}  // namespace minato::storage::sqlite::tables
