// Publishing a dataset, now or at a time, and taking it back.
#pragma once

#include "core/error.h"
#include "http/message.h"
#include "web/manage/form_body.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

// `change`: "publish", "draft", "private", "schedule" (with `publish_at`, local time of Japan) or
// "unschedule". Leads to the dataset's page, or shows it with what speaks against it (400).
core::Result<http::Response> change_state(const StaffVisit& staff, const FormBody& form);

}  // namespace minato::web
