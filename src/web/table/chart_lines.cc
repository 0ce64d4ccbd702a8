// Lines: a break wherever there is no value.
#include <algorithm>
#include <cmath>
#include <set>

#include "web/table/chart_layout.h"
#include "web/table/chart_text.h"

namespace minato::web {
namespace {

using Anchor = ChartSheet::Anchor;

constexpr double kGap = 8;
constexpr std::size_t kMaxDots = 60;  // more would hide the line

class LineDrawing {
 public:
  LineDrawing(ChartSheet& sheet, const ChartPicture& picture)
      : sheet_(sheet), picture_(picture), layout_(sheet.layout()), points_(picture.points) {
    top_ = layout_.font * 1.8;
    bottom_ = layout_.height - layout_.font * 1.8;
    scale_ = value_scale(picture, bottom_ - top_, layout_.font * 3);
    double marks = 0;
    for (const double mark : scale_.marks()) {
      marks = std::max(marks, sheet.width_of(mark_text(mark, scale_, picture.language)));
    }
    left_ = marks + kGap + 6;
    right_ = layout_.width - 10;
    first_ = place_of(0);
    last_ = place_of(points_.size() - 1);
  }

  void draw() {
    for (const double mark : scale_.marks()) {
      const bool is_base = mark == 0 || mark == scale_.low;
      sheet_.line(left_ - 6, y_of(mark), layout_.width, y_of(mark),
                  is_base ? "chart-axis" : "chart-grid");
      sheet_.text(left_ - 6 - kGap, y_of(mark) + layout_.font * 0.35,
                  mark_text(mark, scale_, picture_.language), Anchor::kEnd, "chart-mark");
    }
    draw_axis();
    draw_path();
    draw_dots();
    draw_values();
  }

 private:
  [[nodiscard]] bool is_even() const {
    return picture_.axis == ChartAxis::kNames || picture_.axis == ChartAxis::kOrdered;
  }
  [[nodiscard]] double place_of(std::size_t i) const {
    return is_even() ? static_cast<double>(i) : points_[i].place;
  }
  [[nodiscard]] double x_at(double place) const {
    if (last_ <= first_) return (left_ + right_) / 2;
    return left_ + (place - first_) / (last_ - first_) * (right_ - left_);
  }
  [[nodiscard]] double x_of(std::size_t i) const { return x_at(place_of(i)); }
  [[nodiscard]] double y_of(double value) const {
    return bottom_ - scale_.place(value) * (bottom_ - top_);
  }
  [[nodiscard]] bool has_value(std::size_t i) const {
    return i < points_.size() && points_[i].value.has_value();
  }

  [[nodiscard]] std::vector<TimeMark> axis_marks() const {
    const int intervals = std::max(2, static_cast<int>((right_ - left_) / (layout_.font * 6)));
    if (last_ > first_ && picture_.axis == ChartAxis::kMonths) {
      return month_marks(first_, last_, intervals, picture_.language);
    }
    if (last_ > first_ && picture_.axis == ChartAxis::kDays) {
      return time_marks(first_, last_, intervals, picture_.language);
    }
    std::vector<TimeMark> marks;
    if (is_even() || last_ <= first_) {
      for (std::size_t i = 0; i < points_.size(); ++i) {
        // Long names are in the table below.
        const auto lines = wrap_text(points_[i].label, (right_ - left_) / 3 / layout_.font, 1);
        marks.push_back({place_of(i), lines.empty() ? "" : lines.front()});
      }
      return marks;
    }
    const bool years = picture_.axis == ChartAxis::kYears;
    const Scale scale =
        years ? whole_scale(first_, last_, intervals) : nice_scale(first_, last_, intervals);
    for (const double mark : scale.marks()) {
      if (mark < first_ || mark > last_) continue;
      const std::string year = std::to_string(std::lround(mark));
      const bool japanese = picture_.language == core::Language::kJa;
      marks.push_back({mark, years ? year + (japanese ? "年" : "")
                                   : mark_text(mark, scale, picture_.language)});
    }
    return marks;
  }

  void draw_axis() {
    double free_from = -1e9;
    for (const TimeMark& mark : axis_marks()) {
      const double half = sheet_.width_of(mark.text) / 2;
      const double x = x_at(mark.place);
      const double middle = std::clamp(x, std::min(half, layout_.width / 2), layout_.width - half);
      if (middle - half < free_from) continue;
      sheet_.line(x, bottom_, x, bottom_ + 5, "chart-axis");
      sheet_.text(middle, bottom_ + layout_.font * 1.5, mark.text, Anchor::kMiddle, "chart-mark");
      free_from = middle + half + kGap;
    }
  }

  void draw_path() {
    std::string path;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      if (!has_value(i)) continue;
      path += i > 0 && has_value(i - 1) ? "L" : "M";
      path += drawn(x_of(i)) + " " + drawn(y_of(*points_[i].value));
    }
    sheet_.path(path, "chart-line");
  }

  void draw_dots() {
    for (std::size_t i = 0; i < points_.size(); ++i) {
      if (!has_value(i)) continue;
      const bool alone = (i == 0 || !has_value(i - 1)) && !has_value(i + 1);
      if (points_.size() > kMaxDots && !alone) continue;
      sheet_.dot(x_of(i), y_of(*points_[i].value), points_[i].label + ": " + points_[i].value_text);
    }
  }

  // The largest, the smallest and the last value in figures, where there is room.
  void draw_values() {
    std::optional<std::size_t> high;
    std::optional<std::size_t> low;
    std::size_t last = 0;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      if (!has_value(i)) continue;
      if (!high || *points_[i].value > *points_[*high].value) high = i;
      if (!low || *points_[i].value < *points_[*low].value) low = i;
      last = i;
    }
    if (!high) return;
    std::set<std::size_t> told;
    for (const std::size_t i : {*high, last, *low}) {
      const double reach = sheet_.width_of(points_[i].value_text) + kGap;
      const bool crowded = std::any_of(told.begin(), told.end(), [&](std::size_t other) {
        return std::abs(x_of(i) - x_of(other)) < reach;
      });
      if (crowded) continue;
      told.insert(i);
      const double half = (reach - kGap) * 0.55;  // they are bold
      const double x = std::clamp(x_of(i), left_ + half, layout_.width - half);
      const bool below = i == *low && i != *high && y_of(*points_[i].value) < bottom_ - 24;
      sheet_.text(x, y_of(*points_[i].value) + (below ? layout_.font + 8 : -10),
                  points_[i].value_text, Anchor::kMiddle, "chart-value");
    }
  }

  ChartSheet& sheet_;
  const ChartPicture& picture_;
  const ChartLayout& layout_;
  const std::vector<ChartPoint>& points_;
  Scale scale_;
  double top_ = 0;
  double bottom_ = 0;
  double left_ = 0;
  double right_ = 0;
  double first_ = 0;
  double last_ = 0;
};

}  // namespace

double draw_line(ChartSheet& sheet, const ChartPicture& picture) {
  LineDrawing(sheet, picture).draw();
  return sheet.layout().height;
}

}  // namespace minato::web
