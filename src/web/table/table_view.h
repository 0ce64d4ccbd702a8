// The frame that all views of a table share: tabs that keep the state, the filter bar, what is
// wrong with the state, and the view itself (template table_frame).
//
// A view is a function of a TableVisit; its template is put into the frame under the name of the
// view: rows, columns, map, chart, download, api, reading -> table_rows, table_columns, ...
// Views are made only when the state's conditions are sound. Their headings begin at <h2>.
#pragma once

#include <string>

#include "core/error.h"
#include "service/tables.h"
#include "web/frame/page.h"

namespace minato::web {

// What the page shows, besides what is the same for every state.
struct ShownTable {
  Page page;              // view, status, styles, scripts, query, index; or moved_to
  std::string view_name;  // of the tab, for the title; empty: the rows
};

// Answers the page's forms, parses the state, makes the view. What is wrong with a question (old
// links, unknown columns, too slow) is told in the page; only our own faults fail.
core::Result<ShownTable> show_table(const Visit& visit, const service::FoundTable& table,
                                    const std::string& path);

}  // namespace minato::web
