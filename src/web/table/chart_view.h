// The chart of a table: a form, a picture, the same in words, and its figures as a table, as CSV
// and in the API.
#pragma once

#include "core/error.h"
#include "web/table/table_visit.h"

namespace minato::web {

// For template table_chart. Fails as the store does.
core::Result<ViewPart> chart_view(const TableVisit& visit);

}  // namespace minato::web
