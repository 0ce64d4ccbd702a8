#include "storage/sqlite/tables/row_profile.h"

namespace minato::storage::sqlite::tables {

RowProfile::RowProfile(const core::TableSchema& schema)
    : position_columns_(position_columns(schema)) {
  const CounterLimits limits = limits_per_column(schema.columns.size());
  columns_.reserve(schema.columns.size());
  for (const auto& column : schema.columns) columns_.emplace_back(column.type, limits);
}

void RowProfile::add(const RowBatch& batch) {
  // Column by column: its counters stay in the processor's cache.
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      columns_[column].add(batch.row(row)[column]);
    }
  }
  if (!position_columns_.any()) return;
  for (std::size_t row = 0; row < batch.rows(); ++row) {
    if (const auto position = position_columns_.of(batch.row(row))) {
      positions_.add(batch.number(row), *position);
    }
  }
}

void RowProfile::describe(core::TableSchema& schema) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    schema.columns[i].statistics = columns_[i].statistics();
  }
  schema.bbox = positions_.bbox();
}

std::vector<ColumnWeight> RowProfile::weights() const {
  std::vector<ColumnWeight> weights;
  for (const auto& column : columns_) weights.push_back({column.mean_bytes()});
  return weights;
}

}  // namespace minato::storage::sqlite::tables
