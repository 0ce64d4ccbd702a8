// What the columns of a table become by a new definition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/table.h"
#include "service/rows/row_writes.h"

namespace minato::service {

struct ColumnPlan {
  std::vector<core::TableColumn> columns;
  std::vector<std::optional<std::size_t>> from;  // places of before
  bool changes_rows = false;                     // columns came or went
  bool changes_words = false;                    // titles or descriptions did
};

// Columns of before stay where they are, new ones follow; types of columns that are there are not
// looked at, as in CKAN. kInvalidArgument "table-definition-invalid" in CKAN's words.
core::Result<ColumnPlan> plan_columns(const std::vector<core::TableColumn>& before,
                                      const TableDefinition& wanted, std::int64_t max_columns);

// Places of the key's columns; "table-definition-invalid".
core::Result<std::vector<std::size_t>> key_places(const std::vector<std::string>& key,
                                                  const std::vector<core::TableColumn>& columns);
core::Result<void> check_aliases(const std::vector<std::string>& aliases);

}  // namespace minato::service
