// Pages of rows by number.
#pragma once

#include "core/row_query.h"
#include "web/table/table_visit.h"

namespace minato::web {

// What is behind the page shown.
struct RowsBehind {
  bool has_more = false;
  core::RowCount count;
};

// Sets "pager": links to pages around the one shown; false where one page is all.
void put_pager(View& view, const TableVisit& visit, const RowsBehind& behind);

// So many rows are never skipped: finding the place would take longer than people wait.
bool is_too_far(const TableState& state);
// What is shown instead.
ViewPart too_far_view(const TableVisit& visit);

}  // namespace minato::web
