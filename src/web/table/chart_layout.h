// What the two kinds of charts share: a sheet to draw on, and how much room there is.
#pragma once

#include <string>
#include <string_view>

#include "web/table/chart_scale.h"
#include "web/table/chart_svg.h"

namespace minato::web {

// In units of the drawing.
struct ChartLayout {
  const char* name;  // "wide": class "chart-wide", ids "chart-wide-title"
  double width;
  double height;      // of the plot where it does not follow from the number of bars
  double font;        // size of words
  bool labels_above;  // of horizontal bars: else beside them
};

// Collects SVG elements.
class ChartSheet {
 public:
  explicit ChartSheet(const ChartLayout& layout) : layout_(layout) {}

  [[nodiscard]] const ChartLayout& layout() const { return layout_; }
  // In drawing units.
  [[nodiscard]] double width_of(std::string_view text) const;

  enum class Anchor { kStart, kMiddle, kEnd };
  // `y` is the base line.
  void text(double x, double y, std::string_view text, Anchor anchor = Anchor::kStart,
            const char* css_class = "");
  void line(double x1, double y1, double x2, double y2, const char* css_class);
  // With `tip` as what pointing at it shows.
  void bar(double x, double y, double width, double height, std::string_view tip);
  void dot(double x, double y, std::string_view tip);
  void path(const std::string& points, const char* css_class);

  // The whole element of that height.
  [[nodiscard]] std::string finish(double height, const ChartPicture& picture) const;

 private:
  void tip(std::string_view text);

  const ChartLayout& layout_;
  std::string body_;
};

// "12.5", as drawings have it.
std::string drawn(double number);

// The scale of the values; `room` in drawing units, `mark_room` for one mark.
Scale value_scale(const ChartPicture& picture, double room, double mark_room);

// Both return the height of the drawing.
double draw_bars(ChartSheet& sheet, const ChartPicture& picture);
double draw_line(ChartSheet& sheet, const ChartPicture& picture);

}  // namespace minato::web
