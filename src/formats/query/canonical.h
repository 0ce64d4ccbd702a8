// One text for each meaning of a question, for ETags and for binding cursors. The same question
// gives the same bytes; conditions joined by "and" or
// "or" and values of a list may stand in any order. Different questions give different texts.
#pragma once

#include <string>

#include "core/row_query.h"

namespace minato::formats {

std::string canonical(const core::Filter& filter);
// Everything, limit, offset and position included.
std::string canonical(const core::RowQuery& query);
std::string canonical(const core::AggregateQuery& query);
// What a cursor walks over: filter, place, order, distinctness; not the columns (unless distinct),
// not the page.
std::string canonical_walk(const core::RowQuery& query);

}  // namespace minato::formats
