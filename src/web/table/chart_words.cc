#include "web/table/chart_words.h"

#include <array>
#include <cmath>

#include "web/frame/display.h"
#include "web/table/cell_html.h"
#include "web/table/chart_scale.h"
#include "web/table/column_kind.h"

namespace minato::web {
namespace {

std::int64_t whole_of(const core::Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number == nullptr ? 0 : *number;
}

// Of 1 to 12, as month() of a date gives it.
std::string month_words(const core::Value& value, const Texts& texts) {
  static constexpr std::array<const char*, 12> kKeys = {
      "chart_month_1", "chart_month_2",  "chart_month_3",  "chart_month_4",
      "chart_month_5", "chart_month_6",  "chart_month_7",  "chart_month_8",
      "chart_month_9", "chart_month_10", "chart_month_11", "chart_month_12"};
  const std::int64_t month = whole_of(value);
  if (month < 1 || month > 12) return std::to_string(month);
  return texts[kKeys[static_cast<std::size_t>(month - 1)]];
}

// What stands out in the picture.
struct Notable {
  const ChartPoint* first = nullptr;
  const ChartPoint* last = nullptr;
  const ChartPoint* high = nullptr;
  const ChartPoint* low = nullptr;
  std::int64_t values = 0;
  std::int64_t gaps = 0;
};

Notable notable(const ChartPicture& picture) {
  Notable found;
  for (const ChartPoint& point : picture.points) {
    if (!point.value) {
      ++found.gaps;
      continue;
    }
    ++found.values;
    if (found.first == nullptr) found.first = &point;
    found.last = &point;
    if (found.high == nullptr || *point.value > *found.high->value) found.high = &point;
    if (found.low == nullptr || *point.value < *found.low->value) found.low = &point;
  }
  return found;
}

std::string extremes(const Notable& found, const std::string& unit, const Texts& texts) {
  const std::string high = found.high->value_text + unit;
  if (found.values == 1) {
    return texts.with("chart_words_one", {{"label", found.high->label}, {"value", high}});
  }
  if (*found.high->value == *found.low->value) {
    return texts.with("chart_words_same", {{"value", high}});
  }
  return texts.with("chart_words_extremes", {{"high_label", found.high->label},
                                             {"high", high},
                                             {"low_label", found.low->label},
                                             {"low", found.low->value_text + unit}});
}

// A hundredth of the range is no trend.
std::string trend(const Notable& found, const std::string& unit, const Texts& texts) {
  const double change = *found.last->value - *found.first->value;
  const double range = *found.high->value - *found.low->value;
  const char* key = "chart_words_flat";
  if (std::abs(change) > range / 100) key = change > 0 ? "chart_words_up" : "chart_words_down";
  return texts.with(
      key, {{"first", found.first->value_text + unit}, {"last", found.last->value_text + unit}});
}

std::string others(const ChartFigures& figures, const std::string& unit, const Texts& texts) {
  const std::string count = display_count(figures.others);
  if (figures.is_latest) return texts.with("chart_words_latest", {{"count", count}});
  if (!figures.others_exact) return texts.with("chart_words_many_others", {{"count", count}});
  if (figures.others_total.index() == 0) {
    return texts.with("chart_words_others", {{"count", count}});
  }
  const auto total = cell_text(core::to_view(figures.others_total), true, texts);
  return texts.with("chart_words_others_total", {{"count", count}, {"total", total + unit}});
}

}  // namespace

std::string column_words(const core::TableColumn& column) {
  return column.title.empty() ? column.name : column.title;
}

std::string x_words(const ChartX& x, const core::TableSchema& schema, const Texts& texts) {
  const std::string column = column_words(schema.columns[x.column]);
  switch (x.part) {
    case DatePart::kYear:
      return texts.with("chart_x_year", {{"column", column}});
    case DatePart::kMonth:
      return texts.with("chart_x_month", {{"column", column}});
    case DatePart::kYearMonth:
      return texts.with("chart_x_year_month", {{"column", column}});
    case DatePart::kNone:
      break;
  }
  return column;
}

std::string y_words(const ChartChoice& choice, const core::TableSchema& schema,
                    const Texts& texts) {
  const ChartY& y = choice.y;
  if (!y.column) return texts["chart_count"];
  const std::string column = column_words(schema.columns[*y.column]);
  const bool one_each = choice.x.part == DatePart::kNone && schema.rows > 0 &&
                        names_rows(schema.columns[choice.x.column], schema.rows);
  if (one_each) return column;
  switch (y.measure) {
    case core::Measure::kSum:
      return texts.with("chart_sum", {{"column", column}});
    case core::Measure::kAvg:
      return texts.with("chart_avg", {{"column", column}});
    case core::Measure::kMin:
      return texts.with("chart_min", {{"column", column}});
    default:
      return texts.with("chart_max", {{"column", column}});
  }
}

std::string y_unit(const ChartY& y, const core::TableSchema& schema, const Texts& texts) {
  return y.column ? schema.columns[*y.column].unit : texts["chart_count_unit"];
}

std::string group_label(const ChartGroup& group, const ChartX& x, const TableVisit& visit) {
  const Texts& texts = visit.texts();
  const core::Value& value = group.x.front();
  if (value.index() == 0) return texts["chart_empty_group"];
  switch (x.part) {
    case DatePart::kYear:
      return texts.with("chart_year", {{"year", std::to_string(whole_of(value))}});
    case DatePart::kMonth:
      return month_words(value, texts);
    case DatePart::kYearMonth:
      return texts.with("chart_year_month", {{"year", std::to_string(whole_of(value))},
                                             {"month", month_words(group.x.back(), texts)}});
    case DatePart::kNone:
      break;
  }
  const std::string text = cell_text(core::to_view(value), false, texts);
  if (visit.schema().columns[x.column].type == core::ColumnType::kDate) {
    return display_date(text, visit.visit.language);
  }
  return text.empty() ? texts["chart_empty_group"] : text;
}

std::vector<std::string> sentences(const ChartPicture& picture, const ChartFigures& figures,
                                   const std::string& unit, const Texts& texts) {
  const Notable found = notable(picture);
  std::vector<std::string> out;
  if (found.values == 0) return out;
  const std::string count = display_count(static_cast<std::int64_t>(picture.points.size()));
  if (picture.is_line) {
    out.push_back(texts.with("chart_words_line", {{"count", count},
                                                  {"first", picture.points.front().label},
                                                  {"last", picture.points.back().label}}));
  } else {
    out.push_back(texts.with("chart_words_bars", {{"count", count}}));
  }
  out.push_back(extremes(found, unit, texts));
  const bool has_order = picture.axis != ChartAxis::kNames || picture.is_line;
  const bool changes = *found.high->value != *found.low->value;
  if (has_order && changes) out.push_back(trend(found, unit, texts));
  if (found.gaps > 0) {
    out.push_back(texts.with("chart_words_gaps", {{"count", display_count(found.gaps)}}));
  }
  if (figures.others > 0) out.push_back(others(figures, unit, texts));
  if (leaves_zero_out(picture)) out.push_back(texts["chart_words_not_zero"]);
  return out;
}

}  // namespace minato::web
