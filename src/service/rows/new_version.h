// One attempt at making a new version of a table.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "service/rows/row_writes.h"
#include "service/rows/table_place.h"
#include "storage/table_store.h"

namespace minato::service {

// What one write of rows works with; all outlive it.
struct Workshop {
  AuditedStore& store;
  const ImportTarget& target;
  const RowWriteOptions& options;
  const WriteContext& context;
};

// The table as it is now.
core::Result<TablePlace> place_of(const Workshop& shop, std::string_view id, bool force);

class NewVersion {
 public:
  // Keeps a reference. `force`: as place_of() was asked.
  NewVersion(const Workshop& shop, TablePlace place, bool force)
      : shop_(shop), place_(std::move(place)), force_(force) {}

  // Nothing else may be called before.
  core::Result<void> begin();
  [[nodiscard]] storage::TableReviser& reviser() { return *reviser_; }
  [[nodiscard]] const TablePlace& place() const { return place_; }

  // What was written, without making it a version.
  [[nodiscard]] RowsWritten as_it_is(RowsWritten written) const;
  // kConflict "table-version-taken": somebody else published first, and nothing has changed.
  core::Result<RowsWritten> publish(RowsWritten written, std::string_view action,
                                    std::optional<storage::TableDefinition> definition);

 private:
  core::Result<RowsWritten> replayed(const RowsWritten& written);
  [[nodiscard]] storage::TableVersion version_of(const core::TableSchema& schema) const;

  const Workshop& shop_;
  TablePlace place_;
  bool force_;
  storage::TableKey key_;
  std::unique_ptr<storage::TableReviser> reviser_;
};

}  // namespace minato::service
