// Publishing what was written of a table: one transaction with its audit entry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/audited_store.h"
#include "service/rows/row_writes.h"
#include "service/rows/table_place.h"

namespace minato::service {

struct RowPublication {
  const TablePlace& place;     // as it was when the version was begun
  std::string action;          // of the audit entry: "table.upsert"
  bool force = false;          // as find_place() was asked
  const RowsWritten& written;  // its counts are told, and given back to a repeated key
  std::optional<storage::TableVersion> version;        // the new one
  std::optional<storage::TableDefinition> definition;  // a new one
  bool drop = false;                                   // the table and its definition
};

struct Published {
  Written written;
  std::vector<storage::TableKey> superseded;  // versions that were forgotten: their files may go
};

// kConflict "table-version-taken" when the table is not as `place` says any more; nothing has
// changed then. Else fails as find_place() and AuditedStore::write().
core::Result<Published> publish_rows(AuditedStore& store, const RowWriteOptions& options,
                                     const RowPublication& publication,
                                     const WriteContext& context);

// The answer to a key that came before; empty: it is new. kConflict "idempotency-key-reused".
core::Result<std::optional<RowsWritten>> replayed_rows(AuditedStore& store,
                                                       const WriteContext& context);

// Of versions that row writes made (storage::TableVersion::container).
inline constexpr const char* kRowsContainer = "rows";

}  // namespace minato::service
