// Where rows live. One immutable file per version of a table: a new version is written beside the
// old one and published by the catalogue (CatalogWriter::put_table_version), so readers of the old
// version go on, and superseded rows stay.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/row_query.h"
#include "core/table.h"
#include "core/time.h"

namespace minato::storage {

struct TableKey {
  std::string table_id;  // the resource's id, or "{resource id}.{n}" for further tables of a file
  std::int64_t version = 0;
  auto operator<=>(const TableKey&) const = default;
};

// What reading the file noticed; kept with the rows.
struct ReadingNotes {
  std::vector<core::Finding> findings;
  std::vector<core::Reject> rejects;  // the first 1,000
  std::int64_t reject_count = 0;
  // Records of the file, from 1. 0: there is no header or no row, or no file.
  std::int64_t header_first = 0;
  std::int64_t header_last = 0;
  std::int64_t first_data = 0;
};

// Fills one version. Not thread-safe. Destroyed before finish() it leaves nothing behind.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  // One row, a value for each column, of the column's type or null.
  virtual core::Result<void> append(std::span<const core::ValueView> row) = 0;
  // Computes statistics and indexes and makes the file durable; returns the schema with row count,
  // statistics and bounding box. Nothing may be called after it. kConflict "table-version-taken"
  // when a file of that version is there already (it may be published): take another number.
  virtual core::Result<core::TableSchema> finish(const ReadingNotes& notes) = 0;
};

// One cell of a row that is changed; the value is of the column's type or null.
struct CellChange {
  std::size_t column = 0;
  core::ValueView value;
};

// Makes a new version out of an old one: rows keep their numbers, and the numbers of removed rows
// are never given to others. Not thread-safe. Destroyed before finish() it leaves nothing behind;
// after a failure nothing else may be called.
class TableReviser {
 public:
  virtual ~TableReviser() = default;
  // Names, titles, types and roles as they are now; statistics are those of the old version.
  [[nodiscard]] virtual const core::TableSchema& schema() const = 0;
  // Rows as they are now.
  [[nodiscard]] virtual std::int64_t rows() const = 0;
  // The columns from now on, and for each the place it had so far; nullopt: a new one, of nulls.
  // A column that is kept keeps its type. Forgets the key.
  virtual core::Result<void> set_columns(const std::vector<core::TableColumn>& columns,
                                         const std::vector<std::optional<std::size_t>>& from) = 0;
  // The columns whose values name a row; none: nothing does. False: two rows have the same values
  // (rows with a null are not compared).
  virtual core::Result<bool> set_key(std::span<const std::size_t> columns) = 0;
  // REQUIRES: a value for each column of the key, none of them null.
  virtual core::Result<std::optional<std::int64_t>> find(std::span<const core::ValueView> key) = 0;
  // The number of the new row; nullopt: another row has its key.
  virtual core::Result<std::optional<std::int64_t>> add(std::span<const core::ValueView> row) = 0;
  enum class Change { kDone, kSame /* it had these values */, kNoSuchRow, kKeyTaken };
  virtual core::Result<Change> change(std::int64_t row, std::span<const CellChange> cells) = 0;
  // False: no such row.
  virtual core::Result<bool> remove(std::int64_t row) = 0;
  // As TableWriter::finish().
  virtual core::Result<core::TableSchema> finish() = 0;
};

// Rows of an answer, one after the other; values live until the next call.
class RowCursor {
 public:
  virtual ~RowCursor() = default;
  // False at the end; kDeadline "query-too-slow" after the reader's time.
  virtual core::Result<bool> next() = 0;
  [[nodiscard]] virtual std::span<const core::ValueView> values() const = 0;
  // The place of the current row, for RowQuery::after. REQUIRES: a cursor of rows(), not distinct.
  [[nodiscard]] virtual core::RowPosition position() const = 0;
};

// One version of a table, open. Not thread-safe; cursors must not outlive it; one cursor at a time.
class TableReader {
 public:
  virtual ~TableReader() = default;
  [[nodiscard]] virtual const core::TableSchema& schema() const = 0;
  virtual core::Result<std::unique_ptr<RowCursor>> rows(const core::RowQuery& query) = 0;
  // Rows that match. Exact when free (no filter, one indexed or counted value) or within `budget`
  // rows visited; else a lower bound. budget < 0: always exact.
  virtual core::Result<core::RowCount> count(const core::Filter& filter, std::int64_t budget) = 0;
  // Values of the groups, then of the measures.
  virtual core::Result<std::unique_ptr<RowCursor>> aggregate(const core::AggregateQuery& query) = 0;
};

// Thread-safe.
class TableStore {
 public:
  virtual ~TableStore() = default;
  // Only names, titles, units, descriptions, types and roles of `schema` are used.
  virtual core::Result<std::unique_ptr<TableWriter>> create(const TableKey& key,
                                                            const core::TableSchema& schema) = 0;
  // A new version that begins as a copy of `from` (with what reading its file noticed), or without
  // rows and columns. kNotFound "table-version-missing".
  virtual core::Result<std::unique_ptr<TableReviser>> revise(const std::optional<TableKey>& from,
                                                             const TableKey& to) = 0;
  // The first version number from `at_least` on that has no file: one that was written and never
  // published (a crash) has one too.
  virtual core::Result<std::int64_t> free_version(std::string_view table_id,
                                                  std::int64_t at_least) = 0;
  // Schema with statistics; kept in memory while hot. kNotFound "table-version-missing",
  // kInternal when the file is damaged.
  virtual core::Result<std::shared_ptr<const core::TableSchema>> schema(const TableKey& key) = 0;
  virtual core::Result<ReadingNotes> notes(const TableKey& key) = 0;
  // Reads after `deadline` fail with kDeadline.
  virtual core::Result<std::unique_ptr<TableReader>> read(const TableKey& key,
                                                          core::Deadline deadline) = 0;
  // Adds the index of the rows' words when it is missing (search works without one, slower). May
  // take long; readers go on. Once `*stop` is true it ends soon, with kDeadline and without index.
  virtual core::Result<void> index_text(const TableKey& key,
                                        const std::atomic<bool>* stop = nullptr) = 0;
  // Not finding it is no error. Open readers keep it.
  virtual core::Result<void> remove(const TableKey& key) = 0;
  // Bytes on disk of one version.
  virtual core::Result<std::int64_t> size(const TableKey& key) = 0;
};

}  // namespace minato::storage
