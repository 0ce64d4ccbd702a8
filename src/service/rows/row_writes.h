// Writing rows of tables: CKAN's DataStore and /api/v1's row upserts. Each call makes one new
// version of the table, or nothing.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/row_query.h"
#include "core/row_record.h"
#include "core/table.h"
#include "service/audited_store.h"
#include "service/table_import.h"
#include "storage/table_store.h"

namespace minato::service {

enum class RowMethod { kUpsert, kInsert, kUpdate };

struct TableDefinition {
  std::vector<core::Column> columns;  // type as core::column_type_name()
  std::vector<std::string> primary_key;
  std::vector<std::string> aliases;
  bool delete_columns = false;  // columns of before that are not listed go
};

// Texts are converted to the types of their columns and checked.
using RowRecord = core::RowRecord;

struct RowsWritten {
  std::int64_t inserted = 0, updated = 0, deleted = 0;
  std::int64_t unchanged = 0;  // records that say what their row says already
  std::int64_t version = 0;    // 0: dry run, or nothing was to be done
  std::int64_t rows = 0;       // afterwards
  std::vector<core::TableColumn> columns;
  std::vector<std::int64_t> row_ids;  // of the records, in their order; empty when replayed
  bool replayed = false;              // the idempotency key came before: nothing was done now
};

struct RowWriteRequest {
  std::string resource_id;  // or table id
  RowMethod method = RowMethod::kUpsert;
  std::vector<RowRecord> records;
  bool force =
      false;  // needed unless the resource is a "datastore" one: kConflict "table-read-only"
  bool dry_run = false;                    // everything but the publication
  std::optional<std::int64_t> if_version;  // kPreconditionFailed "version-changed"
};

struct RowWriteOptions {
  std::int64_t max_records = 50'000;  // of one call: kTooLarge "too-many-records"
  std::int64_t max_columns = 1'000;
  // Versions that row writes made: these many stay of a table, and those that were current within
  // the last minute; 0: all. Versions made of files are not touched.
  std::int64_t keep_versions = 10;
  // Hears of every version that was published; its words may be indexed now. Must be quick.
  std::function<void(const storage::TableKey&)> published;
};

// Thread-safe. Errors name the record: details' param "/records/3/列" and position "record 3", both
// counted from 0. Rows keep their numbers (CKAN's _id) as long as they live, and no number is given
// twice. Tables may be named by resource id, table id or alias. A resource whose file has several
// tables is refused: kConflict "table-of-several".
class RowWrites {
 public:
  RowWrites(AuditedStore& store, const ImportTarget& target, RowWriteOptions options = {});

  // Makes the table of a resource, or changes its columns and key (existing rows stay).
  // kInvalidArgument "table-definition-invalid" with details ("/fields/0/id").
  core::Result<RowsWritten> define(std::string_view resource_id, const TableDefinition& wanted,
                                   std::vector<RowRecord> records, bool force,
                                   const WriteContext& context);
  // kInvalidArgument "rows-invalid" with details, "row-column-unknown"; "row-key-missing",
  // "table-without-key", kNotFound "row-not-found" (update), kConflict "row-key-taken" (insert).
  core::Result<RowsWritten> write(const RowWriteRequest& request, const WriteContext& context);
  // Rows that match. `filter` is asked for the condition with the columns of the table as they are
  // then.
  using FilterOf = std::function<core::Result<core::Filter>(const core::TableSchema&)>;
  core::Result<RowsWritten> remove(std::string_view resource_id, const FilterOf& filter, bool force,
                                   const WriteContext& context);
  // The table itself.
  core::Result<void> drop(std::string_view resource_id, bool force, const WriteContext& context);

  [[nodiscard]] const RowWriteOptions& options() const { return options_; }

 private:
  // One writer per table at a time in this process: fewer copies are made for nothing.
  std::mutex& lock_of(std::string_view resource_id);

  AuditedStore& store_;
  ImportTarget target_;
  RowWriteOptions options_;
  std::array<std::mutex, 64> locks_;
};

}  // namespace minato::service
