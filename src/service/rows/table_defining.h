// Defining a table, or changing what it is, and appending records.
#pragma once

#include <string_view>
#include <vector>

#include "core/error.h"
#include "service/rows/new_version.h"
#include "service/rows/row_writes.h"

namespace minato::service {

// One attempt; fails as RowWrites::define().
core::Result<RowsWritten> define_once(const Workshop& shop, std::string_view resource_id,
                                      const TableDefinition& wanted,
                                      const std::vector<RowRecord>& records, bool force);

}  // namespace minato::service
