// The first page of the staff corner: what waits for a decision, and one's own datasets, those that
// are late first.
#pragma once

#include "core/error.h"
#include "web/frame/page.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

// `?q=` (part of a title or name), `?show=` (late, draft, private), `?sort=` (title),
// `?page=`.
core::Result<Page> show_overview(const StaffVisit& staff);

}  // namespace minato::web
