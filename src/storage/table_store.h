// Where rows live. One immutable file per version of a table: a new version is written beside the
// old one and published by the catalogue (CatalogWriter::put_table_version), so readers of the old
// version go on, and superseded rows stay.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
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
};

// Fills one version. Not thread-safe. Destroyed before finish() it leaves nothing behind.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  // One row, a value for each column, of the column's type or null.
  virtual core::Result<void> append(std::span<const core::ValueView> row) = 0;
  // Computes statistics and indexes and makes the file durable; returns the schema with row count,
  // statistics and bounding box. Nothing may be called after it.
  virtual core::Result<core::TableSchema> finish(const ReadingNotes& notes) = 0;
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
