// The table as files: every format, all of it and what the state's conditions leave (template
// table_download).
#pragma once

#include "core/error.h"
#include "web/table/table_visit.h"

namespace minato::web {

// Fails as the table's reader does.
core::Result<ViewPart> download_view(const TableVisit& visit);

}  // namespace minato::web
