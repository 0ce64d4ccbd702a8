// A file of unknown quality, understood: its container, encoding and dialect, the tables in it,
// their headers, and the types of their columns from all rows. Rows are read again, as typed
// values, with read_rows(); memory does not grow with the file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/table.h"

namespace minato::tabular {

struct ReadLimits {
  std::uint64_t max_bytes = std::uint64_t{4} << 30;           // of the file
  std::uint64_t max_unpacked_bytes = std::uint64_t{4} << 30;  // of archives and workbooks
  double max_ratio = 200;          // unpacked to packed, above 10 MB
  std::size_t max_entries = 10'000;  // of an archive
  std::size_t max_columns = 2'000;
  std::size_t max_cell_bytes = std::size_t{1} << 20;
  std::int64_t max_rows = 50'000'000;
  std::size_t max_tables = 1'000;
  std::size_t max_findings = 200;  // per table
  std::size_t max_rejects = 1'000;  // kept; all are counted
};

struct ReadOptions {
  std::string file_name;                // as published; only for names of tables and messages
  std::vector<core::Column> declared;   // Table Schema; wins over inference. Empty: none
  bool statistics = true;               // false: distinct and examples of the report stay empty
  ReadLimits limits;
};

struct TableReport {
  std::string name;                        // sheet or title line; may be empty
  std::vector<std::int64_t> header_rows;   // 1-based record numbers; empty: the file has none
  std::int64_t first_data_row = 0;         // 1-based record number; 0: no data
  core::TableSchema schema;                // with nulls, distinct and examples, rows
  std::vector<core::Finding> findings;
  std::vector<core::Reject> rejects;
  std::int64_t reject_count = 0;
};

struct FileReport {
  std::string container;  // "csv", "tsv", "xlsx", "xls"; "zip:csv", "gzip:csv" when packed
  std::string encoding;   // "utf-8", "cp932", "euc-jp", "iso-2022-jp", "utf-16le", "utf-16be"; empty: a workbook
  bool bom = false;
  bool repaired = false;  // double-encoded text was put right
  std::int64_t replaced_bytes = 0;  // that are no character in `encoding`: U+FFFD in the cells
  char delimiter = 0;               // 0: a workbook
  std::vector<core::Finding> findings;  // about the whole file
  std::vector<TableReport> tables;
};

class RowSink {
 public:
  virtual ~RowSink() = default;
  // A failure ends the reading and becomes its result.
  virtual core::Result<void> row(std::span<const core::ValueView> values) = 0;
};

// Not thread-safe.
class TabularFile {
 public:
  virtual ~TabularFile() = default;
  [[nodiscard]] virtual const FileReport& report() const = 0;
  // All rows of report().tables[table], in order.
  virtual core::Result<void> read_rows(std::size_t table, RowSink& sink) = 0;
};

// Reads the whole file once or twice. Fails with kUnsupportedMedia "file-not-tabular" (PDF, HTML,
// picture, empty file: `message` names what it is), kTooLarge "file-too-large", "archive-bomb",
// "too-many-columns" and the like, kInvalidArgument "workbook-damaged", "workbook-encrypted", or
// kNotFound "file-missing".
core::Result<std::unique_ptr<TabularFile>> open_tabular_file(const std::string& path,
                                                             const ReadOptions& options);

}  // namespace minato::tabular
