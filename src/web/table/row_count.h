// How many rows a state has.
#pragma once

#include "core/error.h"
#include "core/row_query.h"
#include "formats/query/row_parameters.h"
#include "service/tables.h"

namespace minato::web {

// Exact for tables of ordinary size; of large ones a lower bound where counting would take long.
// Fails as the reader does.
core::Result<core::RowCount> row_count(storage::TableReader& reader,
                                       const formats::RowsRequest& question);

}  // namespace minato::web
