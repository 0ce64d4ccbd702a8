// How large a table will be as a file, told from its first rows.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/error.h"
#include "formats/query/row_parameters.h"
#include "http/handlers/tables/row_format.h"
#include "service/tables.h"

namespace minato::web {

struct FileSizes {
  std::map<http::tables::RowFormat, std::int64_t> bytes;
  std::int64_t rows = 0;
  bool exact = false;  // all rows were looked at
};

// Of `rows` rows that answer the question, in the formats whose size follows from their rows: CSV,
// TSV, JSON, NDJSON and, where there are coordinates, GeoJSON. Fails as the reader does.
core::Result<FileSizes> file_sizes(storage::TableReader& reader,
                                   const formats::RowsRequest& question, std::int64_t rows);

}  // namespace minato::web
