// Everything that is learnt from the rows while they are written.
#pragma once

#include <vector>

#include "core/table.h"
#include "storage/sqlite/tables/column_profile.h"
#include "storage/sqlite/tables/index_plan.h"
#include "storage/sqlite/tables/position_index.h"
#include "storage/sqlite/tables/row_batch.h"

namespace minato::storage::sqlite::tables {

class RowProfile {
 public:
  explicit RowProfile(const core::TableSchema& schema);
  void add(const RowBatch& batch);

  // Puts statistics and bounding box into the schema.
  void describe(core::TableSchema& schema) const;
  [[nodiscard]] std::vector<ColumnWeight> weights() const;
  [[nodiscard]] PositionIndexBuilder& positions() { return positions_; }

 private:
  std::vector<ColumnProfile> columns_;
  PositionColumns position_columns_;
  PositionIndexBuilder positions_;
};

}  // namespace minato::storage::sqlite::tables
