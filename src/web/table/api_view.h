// The question of this page as programs ask it (template table_api).
#pragma once

#include "core/error.h"
#include "web/table/table_visit.h"

namespace minato::web {

core::Result<ViewPart> api_view(const TableVisit& visit);

}  // namespace minato::web
