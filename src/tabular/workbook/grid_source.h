// A sheet as records: every row between the first and the last one with a cell, merged cells
// filled.
#pragma once

#include <memory>

#include "tabular/workbook/sheet_reader.h"

namespace minato::tabular {

// More than `max_bytes` of text is "archive-bomb": a text that many cells share may be large.
std::unique_ptr<RecordSource> make_grid_source(std::unique_ptr<SheetReader> reader,
                                               std::uint64_t max_bytes);

}  // namespace minato::tabular
