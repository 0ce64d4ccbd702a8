// What an import found: the tables of a file, how they differ from what is published, and what made
// it stop. Plain values; formats/import_report.h writes them as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/table.h"

namespace minato::core {

// Rows are compared by the table's primary key, else by a column that is unique in both versions,
// else as wholes (then none is "changed").
struct TableDifference {
  std::int64_t old_version = 0;  // 0: there was none
  std::int64_t rows_before = 0;
  std::int64_t rows_after = 0;
  std::int64_t rows_added = 0;
  std::int64_t rows_removed = 0;
  std::int64_t rows_changed = 0;
  // "primary_key", "unique_column", "whole_rows", "counts_only" (too many rows), "" (nothing to
  // compare)
  std::string compared_by;
  std::vector<std::string> columns_added;
  std::vector<std::string> columns_removed;
  // Same place and type, and mostly the same values.
  std::vector<std::pair<std::string, std::string>> columns_renamed;
};

// Why a file is not published until a person agrees.
struct Brake {
  std::string id;  // "lost-rows", "lost-columns", "moved-coordinates", "lost-table"
  std::string table_id;
  LocalizedText message;  // with the figures
};

struct ImportedTable {
  std::string table_id;
  std::int64_t part = 1;
  std::string name;
  std::int64_t version = 0;  // 0: not published
  TableSchema schema;
  std::string container;
  std::string encoding;
  std::vector<Finding> findings;
  std::vector<Reject> rejects;  // the first 100
  std::int64_t reject_count = 0;
  TableDifference difference;
};

struct ImportReport {
  std::vector<ImportedTable> tables;
  std::optional<Error> refusal;  // the file is no table; it is published as a file
  std::vector<Brake> brakes;     // not empty: held, unless confirmed
};

}  // namespace minato::core
