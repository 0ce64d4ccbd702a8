// Import jobs as the staff corner speaks of them.
#pragma once

#include <string>

#include "service/imports/imports.h"
#include "web/frame/texts.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

std::string job_state_words(storage::ImportJob::State state, const Texts& texts);

// The job as an item of a list: file_name, state, state_class, is_held, is_open, href, size, when,
// who, is_new.
View job_item(const storage::ImportJob& job, const StaffVisit& staff);

}  // namespace minato::web
