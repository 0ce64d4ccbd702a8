// A file (resource) of one's own dataset: its name and description, and removing it.
#pragma once

#include "core/error.h"
#include "http/message.h"
#include "web/frame/page.h"
#include "web/manage/form_body.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

core::Result<Page> show_file(const StaffVisit& staff);
// Leads to the dataset's page, or shows the form again: 400, or 409 when somebody else changed the
// same field meanwhile.
core::Result<http::Response> change_file(const StaffVisit& staff, const FormBody& form);
// Only with `agreed`: a removed file is gone from the site at once.
core::Result<http::Response> remove_file(const StaffVisit& staff, const FormBody& form);

}  // namespace minato::web
