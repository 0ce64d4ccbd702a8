// What changed from one version of a table to the next.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/import_report.h"
#include "storage/table_store.h"

namespace minato::service {

struct TablePair {
  storage::TableKey before;
  storage::TableKey after;
  std::vector<std::string> primary_key;  // names of columns; may be empty
};

struct ComparisonLimits {
  // Of both versions together, at 16 bytes each. Beyond it rows are only counted: compared_by is
  // "counts_only".
  std::int64_t rows = 8'000'000;
  // Asked now and then; false ends it with kUnavailable "import-stopped".
  std::function<bool()> go_on;
};

core::Result<core::TableDifference> compare_tables(const TablePair& pair,
                                                   storage::TableStore& tables,
                                                   const ComparisonLimits& limits);

}  // namespace minato::service
