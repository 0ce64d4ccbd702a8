#include "web/table/chart_form.h"

#include <string>
#include <utility>

#include "web/table/cell_html.h"
#include "web/table/chart_words.h"

namespace minato::web {
namespace {

constexpr std::size_t kShownCharacters = 200;

View option(const std::string& value, const std::string& text, bool selected) {
  View item = object();
  put(item, "value", value);
  put(item, "text", text);
  put(item, "selected", selected);
  return item;
}

// "局名（bureau）" where the title alone would not say which column it is.
std::string option_words(const core::TableColumn& column, const Texts& texts) {
  if (column.title.empty() || column.title == column.name) return column.name;
  return texts.with("chart_titled", {{"title", column.title}, {"name", column.name}});
}

View x_options(const ChartChoice& choice, const TableVisit& visit) {
  View options = list();
  for (const ChartX& x : chart_xs(visit.schema())) {
    std::string words = x.part == DatePart::kNone
                            ? option_words(visit.schema().columns[x.column], visit.texts())
                            : x_words(x, visit.schema(), visit.texts());
    options.push_back(option(spelled(x, visit.schema()), words, x == choice.x));
  }
  return options;
}

View y_options(const ChartChoice& choice, const TableVisit& visit) {
  View options = list();
  for (const ChartY& y : chart_ys(visit.schema())) {
    std::string words = visit.texts()["chart_count_option"];
    if (y.column) {
      // Not the chosen x: there nothing may be added up.
      ChartChoice plain;
      plain.x = {*y.column, DatePart::kYear};
      plain.y = y;
      words = y_words(plain, visit.schema(), visit.texts());
    }
    options.push_back(option(spelled(y, visit.schema()), words, y == choice.y));
  }
  return options;
}

}  // namespace

void put_chart_form(View& view, const ChartChoice& choice, const TableVisit& visit) {
  const Texts& texts = visit.texts();
  put(view, "action", visit.visit.link(visit.path));
  put_hidden_fields(view, "hidden", visit.state, {"chart", "x", "y", "order", "top"});
  View kinds = list();
  kinds.push_back(option("bar", texts["chart_bar"], !choice.is_line));
  kinds.push_back(option("line", texts["chart_line"], choice.is_line));
  put(view, "kinds", kinds);
  put(view, "xs", x_options(choice, visit));
  put(view, "ys", y_options(choice, visit));
  View orders = list();
  const auto add_order = [&](const std::string& value, const char* text, ChartOrder order) {
    orders.push_back(option(value, texts[text], choice.order == order));
  };
  add_order("value", "chart_order_value", ChartOrder::kValue);
  add_order("label", "chart_order_label", ChartOrder::kLabel);
  add_order("file", "chart_order_file", ChartOrder::kFile);
  put(view, "orders", orders);
  View tops = list();
  for (const std::int64_t top : chart_tops()) {
    const std::string text = std::to_string(top);
    tops.push_back(option(text, texts.with("chart_top", {{"count", text}}), top == choice.top));
  }
  put(view, "tops", tops);
  View unknown = list();
  for (const std::string& value : choice.unknown) {
    View item = object();
    put(item, "text",
        texts.with("chart_unknown", {{"value", first_characters(value, kShownCharacters).text}}));
    unknown.push_back(std::move(item));
  }
  put(view, "unknown", unknown);
}

}  // namespace minato::web
