// The columns of a table: types, what they mean, and what is in them (template table_columns).
#pragma once

#include "core/error.h"
#include "web/table/table_visit.h"

namespace minato::web {

core::Result<ViewPart> columns_view(const TableVisit& visit);

}  // namespace minato::web
