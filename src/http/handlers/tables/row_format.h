// The formats rows are given in.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/query/row_parameters.h"
#include "formats/rows/row_writer.h"

namespace minato::http::tables {

enum class RowFormat { kCsv, kTsv, kJson, kNdjson, kGeojson, kXlsx };

std::string_view extension_of(RowFormat format);  // "csv"
std::string media_type_of(RowFormat format, bool cp932);

// A writer for the columns of `request`. GeoJSON adds the columns it needs to the query: call this
// before the query runs. kInvalidArgument "no-coordinates" for GeoJSON of a table without any.
// REQUIRES: not kXlsx.
core::Result<std::unique_ptr<formats::RowWriter>> make_row_writer(RowFormat format,
                                                                  formats::RowsRequest& request,
                                                                  const core::TableSchema& schema);

}  // namespace minato::http::tables
