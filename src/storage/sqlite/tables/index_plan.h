// Which columns of a table get an index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/table.h"

namespace minato::storage::sqlite::tables {

struct ColumnWeight {
  double mean_bytes = 0;  // of its texts
};

// Places in the schema, the most useful first: codes and numbers of things by name, nearly unique
// columns, categories, dates. REQUIRES: schema.rows and all statistics; a weight per column.
std::vector<std::size_t> plan_indexes(const core::TableSchema& schema,
                                      const std::vector<ColumnWeight>& weights);

}  // namespace minato::storage::sqlite::tables
