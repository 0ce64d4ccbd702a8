// Bars: standing ones where the axis has an order and its words are short, else lying ones, which
// leave room for names of any length.
#include <algorithm>

#include "web/table/chart_layout.h"
#include "web/table/chart_text.h"

namespace minato::web {
namespace {

using Anchor = ChartSheet::Anchor;

constexpr double kGap = 8;            // between words and what they belong to
constexpr std::size_t kMaxLines = 2;  // of one name

std::string tip_of(const ChartPoint& point) { return point.label + ": " + point.value_text; }

double widest_value(const ChartSheet& sheet, const ChartPicture& picture) {
  double widest = 0;
  for (const ChartPoint& point : picture.points) {
    widest = std::max(widest, sheet.width_of(point.value_text));
  }
  return widest;
}

// One bar that lies, with its words.
struct LyingBar {
  double top = 0;     // of the bar itself
  double height = 0;  // of the bar itself
  double row = 0;     // height of all that belongs to it
  double label_top = 0;
  std::vector<std::string> label;
};

class LyingBars {
 public:
  LyingBars(ChartSheet& sheet, const ChartPicture& picture)
      : sheet_(sheet), picture_(picture), layout_(sheet.layout()) {
    label_room_ = layout_.labels_above ? 0 : label_column();
    left_ = label_room_ > 0 ? label_room_ + kGap : 1;
    right_ = layout_.width - widest_value(sheet, picture) - kGap;
    scale_ = value_scale(picture, right_ - left_, layout_.font * 6);
  }

  double draw() {
    const double bottom = place_rows();
    draw_grid(bottom);
    for (std::size_t i = 0; i < rows_.size(); ++i) draw_bar(rows_[i], picture_.points[i]);
    sheet_.line(x_of(0), 0, x_of(0), bottom, "chart-axis");
    return bottom + layout_.font * 1.6;
  }

 private:
  [[nodiscard]] double line_height() const { return layout_.font * 1.25; }
  [[nodiscard]] double x_of(double value) const {
    return left_ + scale_.place(value) * (right_ - left_);
  }

  // As wide as the names need, up to a third of the picture.
  [[nodiscard]] double label_column() const {
    double widest = 0;
    for (const ChartPoint& point : picture_.points) {
      widest = std::max(widest, sheet_.width_of(point.label));
    }
    return std::min(widest + 2, layout_.width / 3);
  }

  double place_rows() {
    const bool above = layout_.labels_above;
    const double ems = (above ? layout_.width - 5 : label_room_) / layout_.font;
    double at = 4;
    for (const ChartPoint& point : picture_.points) {
      LyingBar row;
      row.label = wrap_text(point.label, ems, kMaxLines);
      const double words = static_cast<double>(row.label.size()) * line_height();
      row.height = layout_.font * 1.4;
      row.row = above ? words + row.height + 14 : std::max(words, row.height) + 8;
      row.label_top = above ? at : at + (row.row - 8 - words) / 2;
      row.top = above ? at + words + 3 : at + (row.row - 8 - row.height) / 2;
      at += row.row;
      rows_.push_back(std::move(row));
    }
    return at;
  }

  void draw_grid(double bottom) {
    double free_from = -1e9;
    for (const double mark : scale_.marks()) {
      const std::string words = mark_text(mark, scale_, picture_.language);
      const double half = sheet_.width_of(words) / 2;
      const double x = x_of(mark);
      sheet_.line(x, 0, x, bottom, "chart-grid");
      const double middle = std::clamp(x, half, layout_.width - half);
      if (middle - half < free_from) continue;
      sheet_.text(middle, bottom + layout_.font * 1.2, words, Anchor::kMiddle, "chart-mark");
      free_from = middle + half + kGap;
    }
  }

  void draw_bar(const LyingBar& row, const ChartPoint& point) {
    double base = row.label_top + layout_.font;
    for (const std::string& line : row.label) {
      const bool above = layout_.labels_above;
      sheet_.text(above ? 5 : label_room_, base, line, above ? Anchor::kStart : Anchor::kEnd);
      base += line_height();
    }
    const double middle = row.top + row.height / 2 + layout_.font * 0.35;
    if (!point.value) {
      sheet_.text(x_of(0) + 6, middle, point.value_text, Anchor::kStart, "chart-mark");
      return;
    }
    const double from = x_of(std::min(0.0, *point.value));
    const double to = x_of(std::max(0.0, *point.value));
    sheet_.bar(from, row.top, std::max(to - from, *point.value == 0 ? 0.0 : 1.0), row.height,
               tip_of(point));
    sheet_.text(to + 6, middle, point.value_text);
  }

  ChartSheet& sheet_;
  const ChartPicture& picture_;
  const ChartLayout& layout_;
  Scale scale_;
  double label_room_ = 0;
  double left_ = 0;
  double right_ = 0;
  std::vector<LyingBar> rows_;
};

class StandingBars {
 public:
  StandingBars(ChartSheet& sheet, const ChartPicture& picture)
      : sheet_(sheet), picture_(picture), layout_(sheet.layout()) {
    top_ = layout_.font * 1.6;
    bottom_ = layout_.height - layout_.font * 1.7;
    scale_ = value_scale(picture, bottom_ - top_, layout_.font * 3);
    for (const double mark : scale_.marks()) {
      left_ = std::max(left_, sheet.width_of(mark_text(mark, scale_, picture.language)));
    }
    left_ += kGap;
    slot_ = (layout_.width - left_) / static_cast<double>(picture.points.size());
  }

  void draw() {
    for (const double mark : scale_.marks()) {
      sheet_.line(left_, y_of(mark), layout_.width, y_of(mark), "chart-grid");
      sheet_.text(left_ - kGap, y_of(mark) + layout_.font * 0.35,
                  mark_text(mark, scale_, picture_.language), Anchor::kEnd, "chart-mark");
    }
    const bool values_fit = widest_value(sheet_, picture_) + 4 <= slot_;
    double free_from = -1e9;
    for (std::size_t i = 0; i < picture_.points.size(); ++i) {
      const ChartPoint& point = picture_.points[i];
      const double middle = left_ + (static_cast<double>(i) + 0.5) * slot_;
      draw_bar(point, middle, values_fit);
      const double half = sheet_.width_of(point.label) / 2;
      const double x = std::clamp(middle, half, layout_.width - half);
      if (x - half < free_from) continue;
      sheet_.text(x, bottom_ + layout_.font * 1.3, point.label, Anchor::kMiddle);
      free_from = x + half + kGap / 2;
    }
    sheet_.line(left_, y_of(0), layout_.width, y_of(0), "chart-axis");
  }

 private:
  [[nodiscard]] double y_of(double value) const {
    return bottom_ - scale_.place(value) * (bottom_ - top_);
  }

  void draw_bar(const ChartPoint& point, double middle, bool with_value) {
    if (!point.value) {
      if (with_value) {
        sheet_.text(middle, y_of(0) - 6, point.value_text, Anchor::kMiddle, "chart-mark");
      }
      return;
    }
    const double width = std::min(slot_ * 0.72, 64.0);
    const double from = y_of(std::max(0.0, *point.value));
    const double to = y_of(std::min(0.0, *point.value));
    sheet_.bar(middle - width / 2, from, width, std::max(to - from, *point.value == 0 ? 0.0 : 1.0),
               tip_of(point));
    if (with_value) sheet_.text(middle, from - 5, point.value_text, Anchor::kMiddle);
  }

  ChartSheet& sheet_;
  const ChartPicture& picture_;
  const ChartLayout& layout_;
  Scale scale_;
  double top_ = 0;
  double bottom_ = 0;
  double left_ = 0;
  double slot_ = 0;
};

bool may_stand(const ChartSheet& sheet, const ChartPicture& picture) {
  const bool few = picture.points.size() <= 6;
  if (picture.axis == ChartAxis::kNames && !few) return false;
  const double room = sheet.layout().width * 0.85 / static_cast<double>(picture.points.size());
  return std::all_of(picture.points.begin(), picture.points.end(), [&](const ChartPoint& point) {
    const double width = sheet.width_of(point.label);
    // With an order the eye fills in the labels that are left out.
    return picture.axis == ChartAxis::kNames ? width + kGap <= room
                                             : width <= sheet.layout().width / 4;
  });
}

}  // namespace

double draw_bars(ChartSheet& sheet, const ChartPicture& picture) {
  if (!may_stand(sheet, picture)) return LyingBars(sheet, picture).draw();
  StandingBars(sheet, picture).draw();
  return sheet.layout().height;
}

}  // namespace minato::web
