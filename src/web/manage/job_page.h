// One import: how the file was read, and whether it is to be published.
#pragma once

#include "core/error.h"
#include "http/message.h"
#include "web/frame/page.h"
#include "web/manage/form_body.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

core::Result<Page> show_job(const StaffVisit& staff);
// Where brakes speak against it only with `agreed`. Leads back to the job's page, or shows it with
// what is wrong.
core::Result<http::Response> publish_job(const StaffVisit& staff, const FormBody& form);
core::Result<http::Response> discard_job(const StaffVisit& staff, const FormBody& form);

}  // namespace minato::web
