// The part above the views that narrows the rows down: search, conditions with links that take them
// away, the form that adds one, and the values of columns that have few (template table_filter).
#pragma once

#include "web/table/form_target.h"
#include "web/table/table_visit.h"

namespace minato::web {

// `filled`: what stands in the form's fields; nullptr: nothing, and the form is folded.
void put_filter_bar(View& view, const TableVisit& visit, const FilledCondition* filled);

}  // namespace minato::web
