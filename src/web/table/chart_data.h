// The figures of a chart: an aggregate over the rows of the page's filter, the same that
// /api/v1/tables/{id}/aggregate gives for the same parameters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/table.h"
#include "http/message.h"
#include "web/table/chart_choice.h"
#include "web/table/table_visit.h"

namespace minato::web {

struct ChartGroup {
  std::vector<core::Value> x;  // one value; two of year_month: year and month
  core::Value y;
};

struct ChartFigures {
  http::Params parameters;  // of /aggregate: exactly these groups, in this order
  std::vector<ChartGroup> groups;
  std::int64_t others = 0;   // groups that are left out
  bool others_exact = true;  // false: at least so many
  core::Value others_total;  // of counts and sums, where all of them were read
  bool is_latest = false;    // what is left out is earlier
};

// The page's filter as /aggregate takes it: near= with a radius becomes a condition, without one it
// has no meaning here.
http::Params aggregate_filter(const TableVisit& visit);

// `y_name`: what the column of values is called. Fails as the store does.
core::Result<ChartFigures> read_figures(const TableVisit& visit, const ChartChoice& choice,
                                        const std::string& y_name);

}  // namespace minato::web
