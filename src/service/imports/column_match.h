// Which columns of an old and a new version of a table are the same.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/import_report.h"
#include "core/table.h"
#include "storage/table_store.h"

namespace minato::service {

struct ColumnPair {
  std::size_t before = 0;  // places
  std::size_t after = 0;
};

struct ColumnMatch {
  std::vector<ColumnPair> same;  // by place in the new version; renamed ones too
  std::vector<std::size_t> added;
  std::vector<std::size_t> removed;
  std::vector<ColumnPair> renamed;
};

// By name; a column that is gone and one that came are one renamed when they stand at the same
// place, have the same type, and most of the values of their first rows are the same. Reads those
// rows with both readers.
core::Result<ColumnMatch> match_columns(storage::TableReader& before, storage::TableReader& after);

struct RowKey {
  std::vector<ColumnPair> columns;  // none: rows are compared as wholes
  std::string compared_by;          // core::TableDifference's word
};
// By what rows are told apart: the primary key (names of columns), if all of it is in both; else a
// column that is unique in both.
RowKey choose_key(const ColumnMatch& match, const core::TableSchema& before,
                  const core::TableSchema& after, const std::vector<std::string>& primary_key);

}  // namespace minato::service
