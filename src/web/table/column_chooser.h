// The choice of the columns shown (part of table_rows): check boxes, or of very wide tables a field
// and links to groups of columns.
#pragma once

#include <cstddef>

#include "web/table/table_visit.h"

namespace minato::web {

// Sets "chooser"; `shown`: how many columns the page shows.
void put_column_chooser(View& view, const TableVisit& visit, std::size_t shown);

}  // namespace minato::web
