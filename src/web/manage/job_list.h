// The imports of one's own organizations, newest first.
#pragma once

#include "core/error.h"
#include "web/frame/page.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

// `?state=` (held, failed, ...) and `?page=`.
core::Result<Page> show_jobs(const StaffVisit& staff);

}  // namespace minato::web
