// What a table file says about itself: format, columns with statistics, and the notes of reading.
#pragma once

#include <cstdint>

#include "core/table.h"
#include "storage/sqlite/connection.h"
#include "storage/table_store.h"

namespace minato::storage::sqlite::tables {

// Of the file ("user_version"); a file of another one is refused as damaged.
inline constexpr std::int64_t kFormat = 1;

// All may throw SQLite::Exception; a reader's one of SQLITE_CORRUPT also when the content makes no
// sense.
void create_document_tables(Connection& connection);
// `stamp` tells this file from all others.
void write_document(Connection& connection, const core::TableSchema& schema,
                    const ReadingNotes& notes, std::int64_t stamp);
// The number of the next new row: grows only. Files of before it was kept have none: 0.
void write_next_row(Connection& connection, std::int64_t number);
std::int64_t read_next_row(Connection& connection);
// Makes room for write_document().
void clear_document(Connection& connection);
core::TableSchema read_schema(Connection& connection);
ReadingNotes read_notes(Connection& connection);
std::int64_t read_stamp(Connection& connection);

}  // namespace minato::storage::sqlite::tables
