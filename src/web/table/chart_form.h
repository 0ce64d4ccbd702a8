// The form that asks for another chart: a plain GET form with the whole state.
#pragma once

#include "web/frame/view.h"
#include "web/table/chart_choice.h"
#include "web/table/table_visit.h"

namespace minato::web {

// Sets action, hidden, kinds, xs, ys, orders, tops and unknown.
void put_chart_form(View& view, const ChartChoice& choice, const TableVisit& visit);

}  // namespace minato::web
