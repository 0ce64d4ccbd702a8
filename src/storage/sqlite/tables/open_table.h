// One version of a table, open for reading, and a bounded set of them that wait to be used again.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>

#include "core/table.h"
#include "core/time.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/tables/table_files.h"
#include "storage/sqlite/tables/text_index.h"

namespace minato::storage::sqlite::tables {

using SchemaPointer = std::shared_ptr<const core::TableSchema>;

struct OpenTable {
  // May throw SQLite::Exception.
  OpenTable(const TableFiles& files, TableKey table_key, FileIdentity file, int cache_kib);

  // Null when there is none.
  TextIndex* text_index(const TableFiles& files);

  TableKey key;
  FileIdentity identity;
  Connection connection;
  SchemaPointer schema;
  bool position_index = false;

 private:
  std::optional<std::int64_t> stamp_;
  std::optional<FileIdentity> text_identity_;
  std::unique_ptr<TextIndex> text_;
};

// Thread-safe.
class OpenTables {
 public:
  explicit OpenTables(std::size_t max_idle) : max_idle_(max_idle) {}
  // Null when none waits.
  std::unique_ptr<OpenTable> take(const TableKey& key, const FileIdentity& identity);
  void give_back(std::unique_ptr<OpenTable> table) noexcept;
  void forget(const TableKey& key);

 private:
  const std::size_t max_idle_;
  std::mutex mutex_;
  std::list<std::unique_ptr<OpenTable>> idle_;  // the one used last in front
};

}  // namespace minato::storage::sqlite::tables
