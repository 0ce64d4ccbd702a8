#include "web/catalogue/plan_charts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "web/catalogue/figures_cache.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

// かながわ DX 計画 15-3, cumulative, from kPlanFirstYear on.
constexpr std::array<std::int64_t, 4> kTargets = {60, 120, 180, 240};

// The drawing, in units of its viewBox (height as in plan_chart.mustache).
constexpr int kSlot = 100;  // per year
constexpr int kTop = 30;
constexpr int kBottom = 190;  // the base line
constexpr int kBar = 34;

struct Column {
  int fiscal_year = 0;
  std::optional<std::int64_t> value;  // none: the year has not begun
  std::optional<std::int64_t> target;
};

// A round number not below any value.
std::int64_t top_of_axis(const std::vector<Column>& columns) {
  std::int64_t most = 1;
  for (const Column& column : columns) {
    most = std::max({most, column.value.value_or(0), column.target.value_or(0)});
  }
  std::int64_t step = 1;
  while (step * 10 <= most) step *= 10;
  return (most + step - 1) / step * step;
}

View bar(int left, std::int64_t value, std::int64_t top) {
  View view = object();
  const auto height = static_cast<int>(value * (kBottom - kTop) / top);
  put(view, "x", std::to_string(left));
  put(view, "y", std::to_string(kBottom - height));
  put(view, "width", std::to_string(kBar));
  put(view, "height", std::to_string(height));
  put(view, "text_x", std::to_string(left + kBar / 2));
  put(view, "text_y", std::to_string(kBottom - height - 6));
  put(view, "text", display_count(value));
  return view;
}

View columns_view(const std::vector<Column>& columns, const Visit& visit) {
  const std::int64_t top = top_of_axis(columns);
  View slots = list();
  int middle = kSlot / 2;
  for (const Column& column : columns) {
    const std::string year = std::to_string(column.fiscal_year);
    View slot = object();
    put(slot, "year", visit.texts.with("home_fiscal_year", {{"year", year}}));
    put(slot, "x", std::to_string(middle));
    const int left = column.target ? middle - kBar - 2 : middle - kBar / 2;
    put(slot, "bar", column.value ? bar(left, *column.value, top) : View(false));
    put(slot, "goal", column.target ? bar(middle + 2, *column.target, top) : View(false));
    put(slot, "value",
        column.value ? display_count(*column.value) : visit.texts["home_plan_not_yet"]);
    put(slot, "target", column.target ? display_count(*column.target) : "");
    slots.push_back(slot);
    middle += kSlot;
  }
  return slots;
}

View chart_view(const std::vector<Column>& columns, const std::string& id, const Visit& visit) {
  View view = object();
  put(view, "id", id);
  put(view, "slots", columns_view(columns, visit));
  put(view, "width", std::to_string(static_cast<int>(columns.size()) * kSlot));
  put(view, "base", std::to_string(kBottom));
  put(view, "has_targets", columns.front().target.has_value());
  return view;
}

View registered_chart(const service::CatalogueFigures& figures, const Visit& visit) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < kTargets.size(); ++i) {
    Column column{kPlanFirstYear + static_cast<int>(i), std::nullopt, kTargets[i]};
    for (const service::YearCount& counted : figures.registered) {
      if (counted.fiscal_year == column.fiscal_year) column.value = counted.count;
    }
    columns.push_back(column);
  }
  View view = chart_view(columns, "plan-registered", visit);
  put(view, "title", visit.texts["home_plan_registered"]);
  put(view, "note", visit.texts["home_plan_registered_note"]);
  // The present year's, or that of the plan's last year when it is over.
  const Column* latest = nullptr;
  for (const Column& column : columns) {
    if (column.value) latest = &column;
  }
  put(view, "summary",
      latest == nullptr ? ""
                        : visit.texts.with("home_plan_registered_summary",
                                           {{"count", display_count(*latest->value)},
                                            {"year", std::to_string(latest->fiscal_year)},
                                            {"target", display_count(*latest->target)}}));
  put(view, "value_name", visit.texts["home_plan_actual"]);
  return view;
}

View published_chart(const service::CatalogueFigures& figures, const Visit& visit) {
  std::vector<Column> columns;
  for (const service::YearCount& counted : figures.published) {
    columns.push_back({counted.fiscal_year, counted.count, std::nullopt});
  }
  View view = chart_view(columns, "plan-published", visit);
  put(view, "title", visit.texts["home_plan_published"]);
  put(view, "note", visit.texts["home_plan_published_note"]);
  put(view, "summary",
      visit.texts.with("home_plan_published_summary",
                       {{"count", display_count(figures.published.back().count)}}));
  put(view, "value_name", visit.texts["home_plan_published_column"]);
  return view;
}

}  // namespace

void put_plan(View& view, const service::CatalogueFigures& figures, const Visit& visit) {
  View charts = list();
  if (!figures.registered.empty()) charts.push_back(registered_chart(figures, visit));
  if (!figures.published.empty()) charts.push_back(published_chart(figures, visit));
  put(view, "has_plan", charts.is_non_empty_list());
  put(view, "charts", charts);
}

}  // namespace minato::web
