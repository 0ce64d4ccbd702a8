#include "web/table/column_chooser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "web/frame/display.h"
#include "web/table/cell_html.h"

namespace minato::web {
namespace {

// A query has at most 200 parameters.
constexpr std::size_t kMaxBoxes = 150;
constexpr std::size_t kGroup = 30;
constexpr std::size_t kNameCharacters = 60;

std::string counted(std::size_t number) { return display_count(static_cast<std::int64_t>(number)); }

View boxes(const TableVisit& visit, std::size_t shown) {
  const core::TableSchema& schema = visit.schema();
  const auto& places = visit.question.query.columns;
  View out = list();
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const auto end = places.begin() + static_cast<std::ptrdiff_t>(std::min(shown, places.size()));
    const std::string alias = "c" + std::to_string(i + 1);
    View box = object();
    put(box, "alias", schema.find(alias) == i ? alias : schema.columns[i].name);
    put(box, "key", "choose-" + alias);
    put(box, "name", first_characters(schema.columns[i].name, kNameCharacters).text);
    put(box, "checked", std::find(places.begin(), end, static_cast<int>(i)) != end);
    out.push_back(box);
  }
  return out;
}

// "1–30", "31–60", ... by their aliases.
View groups(const TableVisit& visit) {
  const std::size_t all = visit.schema().columns.size();
  View out = list();
  for (std::size_t first = 0; first < all; first += kGroup) {
    const std::size_t last = std::min(first + kGroup, all);
    std::string items;
    for (std::size_t i = first; i < last; ++i) {
      items += (items.empty() ? "" : ",") + column_item(visit.schema(), i);
    }
    View group = object();
    put(group, "text", counted(first + 1) + "–" + counted(last));
    put(group, "href", visit.link(visit.state.with("select", items)));
    put(group, "current", visit.state.value("select") == items);
    out.push_back(group);
  }
  return out;
}

}  // namespace

void put_column_chooser(View& view, const TableVisit& visit, std::size_t shown) {
  const std::size_t all = visit.schema().columns.size();
  View chooser = object();
  put(chooser, "summary",
      visit.texts().with("table_columns_shown",
                         {{"shown", counted(shown)}, {"all", counted(all)}}));
  put(chooser, "action", visit.visit.link(visit.path));
  put_hidden_fields(chooser, "hidden", visit.state, {"select", "page"});
  put(chooser, "is_chosen", !visit.state.value("select").empty());
  put(chooser, "all_href", visit.link(visit.state.with("select", "")));
  const bool is_wide = all > kMaxBoxes;
  put(chooser, "is_wide", is_wide);
  put(chooser, "select", visit.state.value("select"));
  chooser["boxes"] = is_wide ? list() : boxes(visit, shown);
  chooser["groups"] = is_wide ? groups(visit) : list();
  // Not said when people chose the columns themselves and see all they chose.
  const std::size_t wanted = visit.question.query.columns.size();
  put(view, "cut",
      shown < wanted ? visit.texts().with("table_columns_cut",
                                          {{"shown", counted(shown)}, {"all", counted(wanted)}})
                     : std::string());
  view["chooser"] = std::move(chooser);
}

}  // namespace minato::web
