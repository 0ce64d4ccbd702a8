#include "web/table/chart_view.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/rows/cell_text.h"
#include "web/table/cell_html.h"
#include "web/table/chart_choice.h"
#include "web/table/chart_data.h"
#include "web/table/chart_form.h"
#include "web/table/chart_scale.h"
#include "web/table/chart_svg.h"
#include "web/table/chart_words.h"

namespace minato::web {
namespace {

constexpr std::size_t kLabelCharacters = 80;     // in the picture and its words
constexpr std::size_t kTableCharacters = 2'000;  // in the table below it
constexpr std::size_t kLinkBytes = 400;          // of a value that a link filters by

std::string brief(const std::string& text, std::size_t most) {
  const ShortText cut = first_characters(text, most);
  return cut.is_cut ? cut.text + "…" : cut.text;
}

std::optional<double> number_of(const core::Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

std::string value_words(const core::Value& value, const Texts& texts) {
  if (const auto* real = std::get_if<double>(&value)) return number_text(*real);
  if (value.index() == 0) return texts["chart_no_value"];
  return cell_text(core::to_view(value), true, texts);
}

double place_of(const ChartGroup& group, ChartAxis axis) {
  if (axis == ChartAxis::kMonths) {
    return 12 * number_of(group.x.front()).value_or(0) + number_of(group.x.back()).value_or(1) - 1;
  }
  if (axis == ChartAxis::kDays) {
    const auto* iso = std::get_if<std::string>(&group.x.front());
    return iso == nullptr ? 0 : day_number(*iso);
  }
  return number_of(group.x.front()).value_or(0);
}

bool is_evenly_spaced(ChartAxis axis) {
  return axis == ChartAxis::kNames || axis == ChartAxis::kOrdered;
}

// Time has no place for a group without one.
bool has_place(const ChartGroup& group, const ChartPicture& picture) {
  return group.x.front().index() != 0 || (!picture.is_line && is_evenly_spaced(picture.axis));
}

ChartPicture picture_of(const ChartFigures& figures, const ChartChoice& choice,
                        const TableVisit& visit) {
  const core::TableSchema& schema = visit.schema();
  ChartPicture picture;
  picture.is_line = choice.is_line;
  // Sorted otherwise, an axis has no order of its own any more.
  const bool in_order = choice.order == ChartOrder::kLabel;
  picture.axis = in_order ? axis_of(choice.x, schema) : ChartAxis::kNames;
  picture.language = visit.visit.language;
  picture.whole =
      !choice.y.column || (choice.y.measure != core::Measure::kAvg &&
                           schema.columns[*choice.y.column].type == core::ColumnType::kInteger);
  for (const ChartGroup& group : figures.groups) {
    if (!has_place(group, picture)) continue;
    ChartPoint point;
    point.label = brief(group_label(group, choice.x, visit), kLabelCharacters);
    point.value = number_of(group.y);
    point.value_text = value_words(group.y, visit.texts());
    point.place = place_of(group, picture.axis);
    picture.points.push_back(std::move(point));
  }
  if (figures.is_latest) std::reverse(picture.points.begin(), picture.points.end());
  return picture;
}

// The rows of the table that this group counted; empty when a link cannot say it.
std::string rows_link(const ChartGroup& group, const ChartX& x, const TableVisit& visit) {
  if (x.part != DatePart::kNone) return "";
  const core::Value& value = group.x.front();
  std::string text;
  if (const auto* written = std::get_if<std::string>(&value)) {
    text = *written;
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    text = std::to_string(*whole);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    text = *flag ? "true" : "false";
  } else if (value.index() != 0) {
    return "";
  }
  if (text.size() > kLinkBytes) return "";
  return visit.link(visit.state.with("view", "table")
                        .with_condition(column_parameter(visit.schema(), x.column), text));
}

// The number as the CSV has it.
std::string exact_text(const core::Value& value) {
  std::array<char, formats::kMaxNumberBytes> text{};
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    return {text.data(), formats::write_number(text.data(), *whole)};
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return {text.data(), formats::write_number(text.data(), *real)};
  }
  return "";
}

View rows_view(const ChartFigures& figures, const ChartChoice& choice, const TableVisit& visit) {
  View rows = list();
  for (const ChartGroup& group : figures.groups) {
    View row = object();
    put(row, "label", brief(group_label(group, choice.x, visit), kTableCharacters));
    put(row, "href", rows_link(group, choice.x, visit));
    put(row, "exact", exact_text(group.y));
    put(row, "value", value_words(group.y, visit.texts()));
    rows.push_back(std::move(row));
  }
  return rows;
}

void put_links(View& view, const ChartFigures& figures, const TableVisit& visit) {
  http::Params excel = figures.parameters;
  excel.emplace_back("bom", "true");
  put(view, "csv", visit.data("aggregate.csv", figures.parameters));
  put(view, "csv_excel", visit.data("aggregate.csv", excel));
  put(view, "api", visit.data("aggregate", figures.parameters));
  put(view, "api_url",
      visit.visit.catalog.options().site_url + visit.api("aggregate", figures.parameters));
}

// What a person reads beside the picture, and a screen reader instead of it.
std::string words_of(const ChartPicture& picture, const ChartFigures& figures,
                     const std::string& unit, const TableVisit& visit) {
  const Texts& texts = visit.texts();
  const char* space = visit.visit.language == core::Language::kEn ? " " : "";
  std::vector<std::string> all =
      sentences(picture, figures, unit.empty() ? unit : space + unit, texts);
  const bool has_unplaced =
      std::any_of(figures.groups.begin(), figures.groups.end(),
                  [&](const ChartGroup& group) { return !has_place(group, picture); });
  if (has_unplaced) all.push_back(texts["chart_words_unplaced"]);
  if (!visit.state.conditions().empty()) all.push_back(texts["chart_words_filtered"]);
  std::string words;
  for (const std::string& sentence : all) {
    if (!words.empty()) words += space;
    words += sentence;
  }
  return words;
}

}  // namespace

core::Result<ViewPart> chart_view(const TableVisit& visit) {
  ViewPart part;
  part.styles = {"chart.css"};
  const auto choice = choose_chart(visit.state, visit.schema());
  put(part.view, "has_columns", choice.has_value());
  if (!choice) return part;
  put_chart_form(part.view, *choice, visit);
  const Texts& texts = visit.texts();
  put(part.view, "has_rows", false);
  put(part.view, "svg", "");
  put(part.view, "no_picture", texts["chart_pointless"]);
  if (choice->is_pointless) return part;
  const std::string y = y_words(*choice, visit.schema(), texts);
  const std::string x = x_words(choice->x, visit.schema(), texts);
  const std::string unit = y_unit(choice->y, visit.schema(), texts);
  const auto figures = read_figures(visit, *choice, y);
  if (!figures) return tl::unexpected(figures.error());
  ChartPicture picture = picture_of(*figures, *choice, visit);
  picture.title = texts.with("chart_title", {{"x", x}, {"y", y}});
  picture.description = words_of(picture, *figures, unit, visit);
  const bool has_values = std::any_of(picture.points.begin(), picture.points.end(),
                                      [](const ChartPoint& point) { return point.value; });
  put(part.view, "title", picture.title);
  put(part.view, "unit", unit.empty() ? "" : texts.with("chart_unit", {{"unit", unit}}));
  put(part.view, "x", x);
  put(part.view, "y", y);
  put(part.view, "has_rows", !figures->groups.empty());
  put(part.view, "has_links", choice->x.part == DatePart::kNone);
  put(part.view, "rows", rows_view(*figures, *choice, visit));
  put_links(part.view, *figures, visit);
  put(part.view, "words", has_values ? picture.description : "");
  put(part.view, "svg", has_values ? chart_svg(picture) : "");
  put(part.view, "no_picture",
      texts[figures->groups.empty() ? "chart_no_rows" : "chart_no_values"]);
  return part;
}

}  // namespace minato::web
