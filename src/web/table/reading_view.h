// What reading the file noticed, and the versions of the table (template table_reading).
#pragma once

#include "core/error.h"
#include "web/table/table_visit.h"

namespace minato::web {

// Fails as Tables::notes() and Tables::versions().
core::Result<ViewPart> reading_view(const TableVisit& visit);

}  // namespace minato::web
