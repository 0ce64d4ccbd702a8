// The figures of the prefecture's plan as two charts: new datasets against their targets, and all
// published datasets. They mean different things and never share an axis.
#pragma once

#include "service/catalogue_figures.h"
#include "web/frame/page.h"

namespace minato::web {

// "plan" (charts/columns.mustache shows each): "registered_chart", "published_chart". False where
// there is nothing to show.
void put_plan(View& view, const service::CatalogueFigures& figures, const Visit& visit);

}  // namespace minato::web
