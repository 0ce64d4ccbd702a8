#include "web/table/table_view.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "formats/query/row_filter.h"
#include "http/error_encoder.h"
#include "web/frame/display.h"
#include "web/table/api_view.h"
#include "web/table/chart_view.h"
#include "web/table/columns_view.h"
#include "web/table/conditions.h"
#include "web/table/download_view.h"
#include "web/table/filter_bar.h"
#include "web/table/map_view.h"
#include "web/table/reading_view.h"
#include "web/table/rows_view.h"

namespace minato::web {
namespace {

struct Tab {
  std::string_view view;
  const char* text;
  const char* part;  // key of the view's part in table_frame
  core::Result<ViewPart> (*make)(const TableVisit&);
  bool is_filtered;  // the filter bar says something about it
};

constexpr std::array<Tab, 7> kTabs = {
    {{"table", "table_tab_rows", "part_rows", rows_view, true},
     {"map", "table_tab_map", "part_map", map_view, true},
     {"chart", "table_tab_chart", "part_chart", chart_view, true},
     {"download", "table_tab_download", "part_download", download_view, true},
     {"columns", "table_tab_columns", "part_columns", columns_view, false},
     {"api", "table_tab_api", "part_api", api_view, true},
     {"reading", "table_tab_reading", "part_reading", reading_view, false}}};

bool has_tab(const Tab& tab, const core::TableSchema& schema) {
  return tab.view != "map" || formats::has_coordinates(schema);
}

// The rows where there is no such view of this table.
const Tab& tab_of(const TableState& state, const core::TableSchema& schema) {
  for (const Tab& tab : kTabs) {
    if (tab.view == state.view() && has_tab(tab, schema)) return tab;
  }
  return kTabs.front();
}

void put_tabs(View& view, const TableVisit& visit, const Tab& current) {
  View tabs = list();
  for (const Tab& tab : kTabs) {
    if (!has_tab(tab, visit.schema())) continue;
    View item = object();
    put(item, "text", visit.texts()[tab.text]);
    put(item, "href", visit.link(visit.state.with("view", std::string(tab.view))));
    put(item, "current", &tab == &current);
    tabs.push_back(item);
  }
  view["tabs"] = std::move(tabs);
}

// A fault as one item of the notice. Its detail says what is wrong without the byte it stands at,
// which helps programs.
View fault_item(const core::Error& error, core::Language language) {
  View item = object();
  const core::ErrorDetail* detail = error.details.empty() ? nullptr : &error.details.front();
  const bool has_hint = detail != nullptr && !detail->hint.in(language).empty();
  put(item, "message", (detail != nullptr ? detail->message : error.message).in(language));
  put(item, "hint", (has_hint ? detail->hint : error.hint).in(language));
  put(item, "condition", "");
  put(item, "mend", "");
  put(item, "remove", "");
  return item;
}

// A name that is no column is no "parameter" to people.
void name_missing_column(View& item, const TableState::Fault& fault, const TableVisit& visit) {
  const std::string column = fault.name.substr(0, fault.name.rfind("__"));
  if (fault.error.id != "unknown-parameter" || visit.schema().find(column)) return;
  put(item, "message", visit.texts().with("table_unknown_column", {{"column", column}}));
  const auto& details = fault.error.details;
  const std::string near = details.empty() ? std::string() : details.front().expected;
  put(item, "hint",
      near.empty() ? visit.texts()["table_unknown_column_hint"]
                   : visit.texts().with("table_did_you_mean", {{"columns", near}}));
}

// The first wrong condition as the form's fields, to be mended there.
FilledCondition filled_of(const TableState::Fault& fault, const core::TableSchema& schema) {
  FilledCondition filled;
  filled.value = fault.value;
  const std::size_t cut = schema.find(fault.name) ? std::string::npos : fault.name.rfind("__");
  if (cut != std::string::npos) filled.op = fault.name.substr(cut + 2);
  if (const auto column = schema.find(fault.name.substr(0, cut))) {
    filled.column = "c" + std::to_string(*column + 1);
    filled.wrong = fault.error.id == "unknown-parameter" ? "f-op" : "f-value";
  } else if (fault.error.id == "unknown-parameter") {
    filled.wrong = "f-column";
  }
  return filled;
}

// `filled`: the first of them, as it stands in the form.
View fault_items(const TableVisit& visit, const std::vector<TableState::Fault>& faults,
                 const FilledCondition& filled) {
  View items = list();
  for (const TableState::Fault& fault : faults) {
    View item = fault_item(fault.error, visit.visit.language);
    put(item, "mend", &fault == &faults.front() ? filled.wrong : std::string());
    put(item, "condition",
        fault.name.empty()
            ? std::string()
            : condition_words({fault.name, fault.value}, visit.schema(), visit.texts()));
    put(item, "remove", visit.link(fault.without));
    name_missing_column(item, fault, visit);
    items.push_back(item);
  }
  return items;
}

// The view under its key, all others left out.
void put_part(Page& page, const Tab& tab, std::optional<ViewPart> part) {
  for (const Tab& other : kTabs) put(page.view, other.part, false);
  if (!part) return;
  page.view[tab.part] = std::move(part->view);
  page.styles.insert(page.styles.end(), part->styles.begin(), part->styles.end());
  page.scripts.insert(page.scripts.end(), part->scripts.begin(), part->scripts.end());
  page.image_origin = part->image_origin;
}

// Search engines index the page of a table once, not each of its states.
bool is_plain(const TableState& state) {
  const http::Params params = state.parameters();
  return std::all_of(params.begin(), params.end(),
                     [](const auto& param) { return param.first == "part"; });
}

void put_frame(ShownTable& shown, const TableVisit& visit, const Tab& tab) {
  View& view = shown.page.view;
  put_tabs(view, visit, tab);
  put(view, "is_filtered", tab.is_filtered);
  put(view, "old_version",
      visit.table.is_current
          ? std::string()
          : visit.texts().with(
                "table_old_version",
                {{"version", std::to_string(visit.table.version.version)},
                 {"date", display_day(visit.table.version.created, visit.visit.language)}}));
  put(view, "current_href", visit.link(visit.state.with("version", "")));
  shown.view_name = &tab == &kTabs.front() ? "" : visit.texts()[tab.text];
  shown.page.query = visit.state.query();
  shown.page.index = is_plain(visit.state);
}

// A state that is no question: what is wrong, and the form to mend it.
ShownTable refused(TableVisit& visit, const Tab& tab) {
  ShownTable shown;
  shown.page.status = 400;
  put_frame(shown, visit, tab);
  const auto faults = visit.state.faults(visit.schema());
  const FilledCondition filled = filled_of(faults.front(), visit.schema());
  shown.page.view["faults"] = fault_items(visit, faults, filled);
  put(shown.page.view, "has_faults", true);
  put(shown.page.view, "is_filtered", true);
  const TableState rest = faults.front().without;
  put_filter_bar(shown.page.view, {visit.visit, visit.table, rest, visit.question, visit.path},
                 &filled);
  put_part(shown.page, tab, std::nullopt);
  return shown;
}

void tell_missing(Page& page, const FormTarget& form, const Texts& texts) {
  page.status = 400;
  View item = object();
  put(item, "message", texts[form.missing]);
  put(item, "mend", form.filled.wrong);
  put(item, "hint", "");
  put(item, "condition", "");
  put(item, "remove", "");
  View items = list();
  items.push_back(item);
  page.view["faults"] = std::move(items);
  put(page.view, "has_faults", true);
}

// Refused by the store (too slow, too many words): told like a wrong condition.
void tell_failure(Page& page, const core::Error& error, core::Language language) {
  page.status = http::status_of(error.code);
  View items = list();
  items.push_back(fault_item(error, language));
  page.view["faults"] = std::move(items);
  put(page.view, "has_faults", true);
}

}  // namespace

core::Result<ShownTable> show_table(const Visit& visit, const service::FoundTable& table,
                                    const std::string& path) {
  const http::Params& params = visit.request.query_params;
  const TableState state = TableState::read(params, *table.schema);
  const auto form = form_target(params, state, *table.schema);
  if (form && form->missing.empty()) {
    ShownTable moved;
    moved.page.moved_to = path + form->state.query();
    moved.page.moved_for_good = false;
    return moved;
  }
  const Tab& tab = tab_of(state, *table.schema);
  auto question = state.question(*table.schema);
  const formats::RowsRequest asked = question ? *std::move(question) : formats::RowsRequest{};
  TableVisit table_visit{visit, table, state, asked, path};
  if (!question) return refused(table_visit, tab);
  ShownTable shown;
  put_frame(shown, table_visit, tab);
  put(shown.page.view, "has_faults", false);
  if (form) tell_missing(shown.page, *form, visit.texts);
  put_filter_bar(shown.page.view, table_visit, form ? &form->filled : nullptr);
  auto part = tab.make(table_visit);
  if (!part && part.error().code == core::ErrorCode::kInternal) {
    return tl::unexpected(std::move(part).error());
  }
  if (!part) {
    tell_failure(shown.page, part.error(), visit.language);
    put_part(shown.page, tab, std::nullopt);
  } else {
    put_part(shown.page, tab, *std::move(part));
  }
  return shown;
}

}  // namespace minato::web
