// The rows of a table: a page of them, with headings that sort and a choice of columns (template
// table_rows).
#pragma once

#include "core/error.h"
#include "web/table/table_visit.h"

namespace minato::web {

// Fails as the table's reader does.
core::Result<ViewPart> rows_view(const TableVisit& visit);

}  // namespace minato::web
