// Sending a file: a new one for a dataset, or one that replaces a file. It is read, and waits until
// the person has seen how (job_page.h).
#pragma once

#include "core/error.h"
#include "http/message.h"
#include "web/frame/page.h"
#include "web/manage/form_body.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

// `?resource=`: the one whose file is replaced.
core::Result<Page> show_upload(const StaffVisit& staff);
// Leads to the page of the job, or shows the form again with what is wrong (400, 413).
core::Result<http::Response> take_upload(const StaffVisit& staff, const FormBody& form);

}  // namespace minato::web
