// A dataset of the staff corner: what is so, and what comes next.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "web/manage/form_fields.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

// The one of the path's {id}: as Catalog::dataset(); a deleted one is kGone "dataset-deleted", or
// kNotFound when nobody is to know of it.
core::Result<core::Dataset> dataset_of_path(const StaffVisit& staff);
// The same for somebody who changes it; auth::require()'s errors.
core::Result<core::Dataset> dataset_to_change(const StaffVisit& staff);

// The word for the state (public, draft, private, planned), with the class of its badge, as
// "state_words" and "state_class"; "late" when it is.
void put_state(const core::Dataset& dataset, const StaffVisit& staff, View& view);

// Its page. `faults`: what speaks against the change of state that was asked for.
core::Result<Page> own_dataset_page(const StaffVisit& staff, const core::Dataset& dataset,
                                    const FormFaults& faults);

}  // namespace minato::web
