#include "web/table/filter_bar.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "web/frame/display.h"
#include "web/table/cell_html.h"
#include "web/table/column_kind.h"
#include "web/table/conditions.h"

namespace minato::web {
namespace {

using Suits = FormOperator::Suits;

constexpr std::int64_t kMaxQuickValues = 12;
constexpr std::size_t kMaxQuickColumns = 6;
constexpr std::size_t kNameCharacters = 60;
constexpr std::size_t kValueCharacters = 40;

std::string cut(std::string_view text, std::size_t most) {
  ShortText first = first_characters(text, most);
  return first.is_cut ? first.text + "…" : std::move(first.text);
}

// Without the conditions of that name.
TableState without(const TableState& state, std::string_view name) {
  TableState changed = state;
  for (std::size_t i = state.conditions().size(); i-- > 0;) {
    if (state.conditions()[i].first == name) changed = changed.without_condition(i);
  }
  return changed;
}

View search_form(const TableVisit& visit) {
  View form = object();
  std::string words;
  for (const auto& [name, value] : visit.state.conditions()) {
    if (name == "q") words = value;
  }
  put(form, "q", words);
  put_hidden_fields(form, "hidden", without(visit.state, "q"), {"page"});
  return form;
}

View condition_chips(const TableVisit& visit) {
  View chips = list();
  const http::Params& conditions = visit.state.conditions();
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    View chip = object();
    put(chip, "words", condition_words(conditions[i], visit.schema(), visit.texts()));
    put(chip, "href", visit.link(visit.state.without_condition(i)));
    chips.push_back(chip);
  }
  return chips;
}

View column_options(const core::TableSchema& schema, const FilledCondition* filled) {
  View options = list();
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const core::TableColumn& column = schema.columns[i];
    const std::string alias = "c" + std::to_string(i + 1);
    View option = object();
    put(option, "alias", schema.find(alias) == i ? alias : column.name);
    put(option, "name", cut(column.name, kNameCharacters));
    put(option, "kind",
        is_number_type(column.type) || is_time_type(column.type) ? "ordered"
        : column.type == core::ColumnType::kString               ? "text"
                                                                 : "other");
    put(option, "selected", filled != nullptr && schema.find(filled->column) == i);
    options.push_back(option);
  }
  return options;
}

View operator_options(Suits suits, const TableVisit& visit, const FilledCondition* filled) {
  View options = list();
  for (const FormOperator& op : form_operators()) {
    if (op.suits != suits) continue;
    View option = object();
    put(option, "op", std::string(op.name));
    put(option, "text", visit.texts()[op.text]);
    put(option, "selected", filled != nullptr && filled->op == op.name);
    options.push_back(option);
  }
  return options;
}

View adding_form(const TableVisit& visit, const FilledCondition* filled) {
  View form = object();
  put(form, "open", filled != nullptr);
  put_hidden_fields(form, "hidden", visit.state, {"page"});
  form["columns"] = column_options(visit.schema(), filled);
  form["all_operators"] = operator_options(Suits::kAll, visit, filled);
  form["text_operators"] = operator_options(Suits::kTexts, visit, filled);
  form["ordered_operators"] = operator_options(Suits::kOrdered, visit, filled);
  put(form, "value", filled != nullptr ? filled->value : "");
  put(form, "column_wrong", filled != nullptr && filled->wrong == "f-column");
  put(form, "op_wrong", filled != nullptr && filled->wrong == "f-op");
  put(form, "value_wrong", filled != nullptr && filled->wrong == "f-value");
  put(form, "facets", visit.data("facets"));
  return form;
}

// How the value is written in a condition.
std::string written(const core::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  return "";
}

// Few enough values to choose among, known from the table's statistics.
bool offers_values(const core::TableColumn& column, std::int64_t rows) {
  const core::ColumnStatistics& known = column.statistics;
  return !is_amount(column, rows) && known.distinct_exact && known.distinct > 1 &&
         known.distinct <= kMaxQuickValues && !known.top.empty() && rows > known.distinct &&
         std::none_of(known.top.begin(), known.top.end(),
                      [](const auto& top) { return written(top.value).empty(); });
}

View quick_values(const TableVisit& visit, std::size_t place, bool& is_chosen) {
  const core::TableColumn& column = visit.schema().columns[place];
  const std::string parameter = column_parameter(visit.schema(), place);
  const TableState others = without(visit.state, parameter);
  const bool shows_counts = visit.state.conditions().empty();
  View values = list();
  for (const core::ValueCount& top : column.statistics.top) {
    const std::pair<std::string, std::string> condition{parameter, written(top.value)};
    const auto& conditions = visit.state.conditions();
    const bool current =
        std::find(conditions.begin(), conditions.end(), condition) != conditions.end();
    is_chosen = is_chosen || current;
    View value = object();
    put(value, "text",
        cut(cell_text(core::to_view(top.value), is_amount(column, visit.schema().rows),
                      visit.texts()),
            kValueCharacters));
    put(value, "count", shows_counts ? display_count(top.count) : "");
    put(value, "href",
        visit.link(current ? others : others.with_condition(condition.first, condition.second)));
    put(value, "current", current);
    values.push_back(value);
  }
  return values;
}

View quick_filters(const TableVisit& visit) {
  View filters = list();
  std::size_t count = 0;
  const core::TableSchema& schema = visit.schema();
  for (std::size_t i = 0; i < schema.columns.size() && count < kMaxQuickColumns; ++i) {
    if (!offers_values(schema.columns[i], schema.rows)) continue;
    ++count;
    View filter = object();
    bool is_chosen = false;
    filter["values"] = quick_values(visit, i, is_chosen);
    put(filter, "name", cut(schema.columns[i].name, kNameCharacters));
    put(filter, "key", "quick-c" + std::to_string(i + 1));
    put(filter, "open", is_chosen);
    filters.push_back(filter);
  }
  return filters;
}

}  // namespace

void put_filter_bar(View& view, const TableVisit& visit, const FilledCondition* filled) {
  View bar = object();
  put(bar, "action", visit.visit.link(visit.path));
  bar["search"] = search_form(visit);
  put(bar, "has_conditions", !visit.state.conditions().empty());
  bar["conditions"] = condition_chips(visit);
  put(bar, "clear",
      visit.state.conditions().size() > 1 ? visit.link(visit.state.without_conditions())
                                          : std::string());
  bar["adding"] = adding_form(visit, filled);
  View quick = quick_filters(visit);
  put(bar, "has_quick", quick.is_non_empty_list());
  bar["quick"] = std::move(quick);
  view["filter"] = std::move(bar);
}

}  // namespace minato::web
