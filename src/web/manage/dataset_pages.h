// Making, showing, changing and deleting one's own datasets.
#pragma once

#include "core/error.h"
#include "http/message.h"
#include "web/frame/page.h"
#include "web/manage/form_body.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

core::Result<Page> show_new_dataset(const StaffVisit& staff);
core::Result<Page> show_own_dataset(const StaffVisit& staff);
core::Result<Page> show_dataset_form(const StaffVisit& staff);
core::Result<Page> show_deletion(const StaffVisit& staff);

// Each leads to the dataset's page (303), or shows its form again with what was sent: 400 with what
// is wrong, 409 when somebody else changed the same fields meanwhile.
core::Result<http::Response> create_dataset(const StaffVisit& staff, const FormBody& form);
core::Result<http::Response> change_dataset(const StaffVisit& staff, const FormBody& form);
core::Result<http::Response> delete_dataset(const StaffVisit& staff, const FormBody& form);

}  // namespace minato::web
