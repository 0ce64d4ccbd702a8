#include "web/table/chart_svg.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "http/error_encoder.h"
#include "web/table/chart_layout.h"
#include "web/table/chart_text.h"

namespace minato::web {
namespace {

// Shown 640 and 288 pixels wide at least (chart.css): words never get below 12 pixels.
constexpr std::array<ChartLayout, 2> kLayouts = {
    {{"wide", 720, 300, 14, false}, {"narrow", 360, 240, 16, true}}};

struct Extent {
  double low = 0;
  double high = 0;
};

Extent extent_of(const ChartPicture& picture) {
  Extent extent{INFINITY, -INFINITY};
  for (const ChartPoint& point : picture.points) {
    if (!point.value) continue;
    extent.low = std::min(extent.low, *point.value);
    extent.high = std::max(extent.high, *point.value);
  }
  return extent;
}

// Bars stand on zero. A line does unless its ups and downs would be lost.
bool starts_at_zero(const ChartPicture& picture, const Extent& extent) {
  if (!picture.is_line || extent.low == extent.high) return true;
  const double nearest = std::min(std::abs(extent.low), std::abs(extent.high));
  return extent.low * extent.high <= 0 || extent.high - extent.low >= nearest / 2;
}

const char* anchor_name(ChartSheet::Anchor anchor) {
  if (anchor == ChartSheet::Anchor::kMiddle) return " text-anchor=\"middle\"";
  return anchor == ChartSheet::Anchor::kEnd ? " text-anchor=\"end\"" : "";
}

}  // namespace

std::string drawn(double number) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.1f", number);
  std::string out(text.data(), static_cast<std::size_t>(length));
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out == "-0" ? "0" : out;
}

bool leaves_zero_out(const ChartPicture& picture) {
  return !starts_at_zero(picture, extent_of(picture));
}

Scale value_scale(const ChartPicture& picture, double room, double mark_room) {
  Extent extent = extent_of(picture);
  if (starts_at_zero(picture, extent)) {
    extent.low = std::min(extent.low, 0.0);
    extent.high = std::max(extent.high, 0.0);
  }
  const int intervals = std::clamp(static_cast<int>(room / mark_room), 2, 6);
  return picture.whole ? whole_scale(extent.low, extent.high, intervals)
                       : nice_scale(extent.low, extent.high, intervals);
}

double ChartSheet::width_of(std::string_view text) const { return text_width(text) * layout_.font; }

void ChartSheet::text(double x, double y, std::string_view text, Anchor anchor,
                      const char* css_class) {
  body_ += "<text x=\"" + drawn(x) + "\" y=\"" + drawn(y) + "\"";
  body_ += anchor_name(anchor);
  if (*css_class != '\0') body_ += " class=\"" + std::string(css_class) + "\"";
  body_ += ">" + http::escape_html(text) + "</text>";
}

void ChartSheet::line(double x1, double y1, double x2, double y2, const char* css_class) {
  body_ += "<line class=\"" + std::string(css_class) + "\" x1=\"" + drawn(x1) + "\" y1=\"" +
           drawn(y1) + "\" x2=\"" + drawn(x2) + "\" y2=\"" + drawn(y2) + "\"></line>";
}

void ChartSheet::tip(std::string_view text) {
  body_ += "<title>" + http::escape_html(text) + "</title>";
}

void ChartSheet::bar(double x, double y, double width, double height, std::string_view text) {
  body_ += "<rect class=\"chart-bar\" x=\"" + drawn(x) + "\" y=\"" + drawn(y) + "\" width=\"" +
           drawn(width) + "\" height=\"" + drawn(height) + "\" rx=\"2\">";
  tip(text);
  body_ += "</rect>";
}

void ChartSheet::dot(double x, double y, std::string_view text) {
  body_ += "<circle class=\"chart-dot\" cx=\"" + drawn(x) + "\" cy=\"" + drawn(y) + "\" r=\"4\">";
  tip(text);
  body_ += "</circle>";
}

void ChartSheet::path(const std::string& points, const char* css_class) {
  body_ += "<path class=\"" + std::string(css_class) + "\" d=\"" + points + "\"></path>";
}

std::string ChartSheet::finish(double height, const ChartPicture& picture) const {
  const std::string id = std::string("chart-") + layout_.name;
  return "<svg class=\"chart " + id + "\" viewBox=\"0 0 " + drawn(layout_.width) + " " +
         drawn(height) + "\" font-size=\"" + drawn(layout_.font) +
         "\" role=\"img\" aria-labelledby=\"" + id + "-title " + id + "-desc\"><title id=\"" + id +
         "-title\">" + http::escape_html(picture.title) + "</title><desc id=\"" + id + "-desc\">" +
         http::escape_html(picture.description) + "</desc>" + body_ + "</svg>";
}

std::string chart_svg(const ChartPicture& picture) {
  std::string out;
  for (const ChartLayout& layout : kLayouts) {
    ChartSheet sheet(layout);
    const double height = picture.is_line ? draw_line(sheet, picture) : draw_bars(sheet, picture);
    out += sheet.finish(height, picture);
  }
  return out;
}

}  // namespace minato::web
