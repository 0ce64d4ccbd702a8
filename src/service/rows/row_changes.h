// Records applied to a version of a table that is being made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/table.h"
#include "service/rows/row_writes.h"
#include "storage/table_store.h"

namespace minato::service {

// A record whose values fit their columns.
struct FittedRecord {
  std::vector<std::pair<std::size_t, core::Value>> cells;  // by column
  std::optional<std::int64_t> row_id;
};

// kInvalidArgument "row-column-unknown" or "rows-invalid": the first 20 wrongs.
core::Result<std::vector<FittedRecord>> fit_records(const std::vector<RowRecord>& records,
                                                    const std::vector<core::TableColumn>& columns,
                                                    RowMethod method);

// Counts into RowsWritten. After a failure the reviser must be thrown away.
class RowChanges {
 public:
  // `key`: places of the key's columns, set in the reviser.
  RowChanges(storage::TableReviser& reviser, std::vector<std::size_t> key, RowMethod method)
      : reviser_(reviser), key_(std::move(key)), method_(method) {}

  core::Result<void> apply(const std::vector<FittedRecord>& records);
  core::Result<void> remove(const std::vector<std::int64_t>& rows);
  [[nodiscard]] const RowsWritten& written() const { return written_; }
  [[nodiscard]] bool any() const;

 private:
  core::Result<void> put(std::size_t number, const FittedRecord& record);
  core::Result<void> insert(std::size_t number, const FittedRecord& record);
  core::Result<bool> change(std::size_t number, std::int64_t row, const FittedRecord& record);
  core::Result<std::vector<core::ValueView>> key_of(std::size_t number,
                                                    const FittedRecord& record) const;
  [[nodiscard]] std::string key_text(const FittedRecord& record) const;

  storage::TableReviser& reviser_;
  std::vector<std::size_t> key_;
  RowMethod method_;
  RowsWritten written_;
};

}  // namespace minato::service
