// The first half of an import: a kept file is read and its rows are written as new versions of
// tables that nobody sees yet. The second half, publish_tables(), belongs into the transaction that
// makes them current.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/table.h"
#include "core/time.h"
#include "storage/blob_store.h"
#include "storage/catalog_store.h"
#include "storage/table_store.h"

namespace minato::service {

struct ImportTarget {
  storage::CatalogStore& catalog;
  storage::BlobStore& blobs;
  storage::TableStore& tables;
  const core::Clock& clock;
};

// Hears of rows while they are read; false ends it with kUnavailable "import-stopped".
using ReadingWatch = std::function<bool(std::int64_t rows)>;

struct PreparedTable {
  storage::TableVersion version;
  core::TableSchema schema;  // with statistics
  storage::ReadingNotes notes;
};

// Versions that are written but not published: removed again with this object, unless kept.
class PreparedTables {
 public:
  PreparedTables(std::string resource_id, std::string input_hash, storage::TableStore& store)
      : resource_id_(std::move(resource_id)), input_hash_(std::move(input_hash)), store_(&store) {}
  ~PreparedTables();
  PreparedTables(PreparedTables&& other) noexcept;
  PreparedTables& operator=(PreparedTables&&) = delete;

  [[nodiscard]] const std::string& resource_id() const { return resource_id_; }
  // Of the file and the declared columns.
  [[nodiscard]] const std::string& input_hash() const { return input_hash_; }
  [[nodiscard]] const std::vector<PreparedTable>& tables() const { return tables_; }
  // Why the file is no table; then there are none.
  [[nodiscard]] const std::optional<core::Error>& refusal() const { return refusal_; }

  void add(PreparedTable table) { tables_.push_back(std::move(table)); }
  void refuse(core::Error error);
  // They are published.
  void keep() { store_ = nullptr; }

 private:
  void remove_drafts();

  std::string resource_id_;
  std::string input_hash_;
  std::vector<PreparedTable> tables_;
  std::optional<core::Error> refusal_;
  storage::TableStore* store_;  // null: nothing is to be removed
};

// REQUIRES: resource.blob is kept. What the file is to blame for is a refusal; fails as the stores
// fail, and as `watch` wants.
core::Result<PreparedTables> prepare_tables(const core::Resource& resource,
                                            const ImportTarget& target,
                                            const ReadingWatch& watch = {});

// Makes them the tables of their resource, or writes the refusal down. kConflict
// "table-version-taken": somebody else published meanwhile; prepare them again.
core::Result<void> publish_tables(storage::CatalogWriter& writer, const PreparedTables& prepared,
                                  core::Timestamp now);

// Of the file and declared columns of a resource: equal ones make equal tables.
std::string input_hash_of(const core::Resource& resource);

// "{resource id}" for part 1, "{resource id}.{part}" for the others.
std::string table_id_of(std::string_view resource_id, std::int64_t part);

}  // namespace minato::service
