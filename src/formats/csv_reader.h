// Clean CSV (RFC 4180), read strictly: for tables the project itself ships, not for what publishers
// upload. Accepts a UTF-8 byte order mark, CRLF or LF, and a missing line end at the end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::formats {

struct CsvRow {
  std::size_t line = 0;  // 1-based, where the row begins
  std::vector<std::string> cells;
};

struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;  // each with as many cells as the header
};

struct CsvLimits {
  std::size_t max_bytes = std::size_t{16} * 1024 * 1024;
  std::size_t max_rows = 100'000;
  std::size_t max_columns = 2'000;
};

// Fails with kTooLarge "csv-too-large", or kInvalidArgument "csv-syntax" with one detail whose
// position is "line L column C": not UTF-8, a quote where none may stand, an open quote, a row with
// more or fewer cells than the header, an empty or double column name, no header.
core::Result<CsvTable> parse_csv(std::string_view text, const CsvLimits& limits = {});

}  // namespace minato::formats
