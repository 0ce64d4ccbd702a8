#include "web/table/chart_scale.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace minato::web {
namespace {

constexpr double kNoDay = -1e18;

// The smallest of 1, 2 and 5 times a power of ten that is not below `least`.
double nice_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

Scale enclosing(double low, double high, double step) {
  // Values a hair beside a mark (1.2 / 0.2) must not cost a further interval.
  return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step, step};
}

// "1234567.5" with at most `decimals` digits behind the point, none of them a trailing zero.
std::string rounded(double number, int decimals) {
  std::array<char, 400> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, number);
  std::string out(text.data(), static_cast<std::size_t>(length));
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  return out == "-0" ? "0" : out;
}

// Commas between the thousands before the point.
std::string grouped(std::string text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > first + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

int decimals_of(double step) {
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 12);
}

int digits(std::string_view text) {
  int value = -1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc{} && end == text.data() + text.size() ? value : -1;
}

std::string month_text(int year, int month, core::Language language) {
  static constexpr std::array<const char*, 12> kShort = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (language == core::Language::kJa) return std::to_string(year) + "/" + std::to_string(month);
  return std::string(kShort[static_cast<std::size_t>(month - 1)]) + " " + std::to_string(year);
}

std::string year_text(int year, core::Language language) {
  return std::to_string(year) + (language == core::Language::kJa ? "年" : "");
}

// Months between two marks.
int month_step(double months, int intervals) {
  const double least = months / intervals;
  for (const int step : {1, 2, 3, 6, 12}) {
    if (step >= least) return step;
  }
  return 12 * static_cast<int>(nice_step(least / 12));
}

double day_of_month(double months) {
  const auto count = static_cast<int>(months);
  const std::chrono::year_month_day day{std::chrono::year(count / 12) /
                                        std::chrono::month(static_cast<unsigned>(count % 12) + 1) /
                                        1};
  return static_cast<double>(std::chrono::sys_days(day).time_since_epoch().count());
}

double month_of_day(double day) {
  const std::chrono::sys_days days{std::chrono::days(static_cast<int>(std::floor(day)))};
  const std::chrono::year_month_day date{days};
  return 12.0 * static_cast<int>(date.year()) + static_cast<unsigned>(date.month()) - 1;
}

}  // namespace

std::vector<double> Scale::marks() const {
  std::vector<double> out;
  const auto count = std::lround((high - low) / step);
  for (long i = 0; i <= count; ++i) {
    const double mark = low + static_cast<double>(i) * step;
    out.push_back(std::abs(mark) < step * 1e-9 ? 0 : mark);
  }
  return out;
}

Scale nice_scale(double low, double high, int intervals) {
  if (high - low <= std::abs(high) * 1e-12) {
    // One value only: round it with room, towards zero.
    if (high == 0) return {0, 1, 1};
    if (high > 0) low = 0;
    if (high < 0) high = 0;
  }
  return enclosing(low, high, nice_step((high - low) / intervals));
}

Scale whole_scale(double low, double high, int intervals) {
  Scale scale = nice_scale(low, high, intervals);
  if (scale.step < 1) scale = enclosing(std::floor(low), std::ceil(high), 1);
  return scale;
}

std::string mark_text(double mark, const Scale& scale, core::Language language) {
  struct Unit {
    double size;
    const char* ja;
    const char* en;
  };
  static constexpr std::array<Unit, 6> kUnits = {{{1e12, "兆", " trillion"},
                                                  {1e9, nullptr, " billion"},
                                                  {1e8, "億", nullptr},
                                                  {1e6, nullptr, " million"},
                                                  {1e4, "万", nullptr},
                                                  {1, "", ""}}};
  const double largest = std::max(std::abs(scale.low), std::abs(scale.high));
  for (const Unit& unit : kUnits) {
    const char* word = language == core::Language::kJa ? unit.ja : unit.en;
    // A step of a thousandth of the unit would be harder to read than plain digits.
    if (word == nullptr ||
        (unit.size > 1 && (largest < unit.size || scale.step < unit.size / 10))) {
      continue;
    }
    if (mark == 0) return "0";
    return grouped(rounded(mark / unit.size, decimals_of(scale.step / unit.size))) + word;
  }
  return grouped(rounded(mark, decimals_of(scale.step)));
}

std::string number_text(double number) {
  if (!std::isfinite(number)) return "";
  const double size = std::abs(number);
  if (size != 0 && (size >= 1e15 || size < 1e-6)) {
    std::array<char, 40> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.4g", number);
    return {text.data(), static_cast<std::size_t>(length)};
  }
  if (number == std::floor(number)) return grouped(rounded(number, 0));
  // Four digits that say something, and one behind the point at least.
  const int before = static_cast<int>(std::floor(std::log10(size))) + 1;
  return grouped(rounded(number, std::clamp(4 - before, 1, 10)));
}

double day_number(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return kNoDay;
  const int year = digits(iso.substr(0, 4));
  const int month = digits(iso.substr(5, 2));
  const int day = digits(iso.substr(8, 2));
  if (year < 0 || month < 1 || day < 1) return kNoDay;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return kNoDay;
  double number = static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
  if (iso.size() >= 16 && iso[13] == ':') {
    const int hour = digits(iso.substr(11, 2));
    const int minute = digits(iso.substr(14, 2));
    if (hour >= 0 && minute >= 0) number += (hour * 60 + minute) / 1440.0;
  }
  return number;
}

std::vector<TimeMark> month_marks(double first, double last, int intervals,
                                  core::Language language) {
  const int step = month_step(last - first, intervals);
  std::vector<TimeMark> marks;
  const auto start = static_cast<int>(std::ceil(first / step)) * step;
  for (int at = start; at <= last; at += step) {
    marks.push_back({static_cast<double>(at), step >= 12
                                                  ? year_text(at / 12, language)
                                                  : month_text(at / 12, at % 12 + 1, language)});
  }
  return marks;
}

std::vector<TimeMark> time_marks(double first, double last, int intervals,
                                 core::Language language) {
  std::vector<TimeMark> marks;
  const double days = last - first;
  // Twice as many where long steps would leave a single mark.
  for (const int more : {intervals, 2 * intervals}) {
    if (days <= 31.0 * more / 2) break;
    for (TimeMark& mark :
         month_marks(month_of_day(first) - 1, month_of_day(last), more, language)) {
      mark.place = day_of_month(mark.place);
      if (mark.place >= first && mark.place <= last) marks.push_back(std::move(mark));
    }
    if (marks.size() >= 2) return marks;
    marks.clear();
  }
  const double least = std::max(1.0, days / intervals);
  double step = nice_step(least);
  if (step == 5 && least <= 7 && days >= 14) step = 7;
  for (double at = std::ceil(first); at <= last; at += step) {
    const std::chrono::year_month_day date{
        std::chrono::sys_days{std::chrono::days(static_cast<int>(at))}};
    const auto month = static_cast<unsigned>(date.month());
    const auto day = static_cast<unsigned>(date.day());
    if (language == core::Language::kJa) {
      marks.push_back({at, std::to_string(month) + "/" + std::to_string(day)});
    } else {
      const std::string text = month_text(0, static_cast<int>(month), language);
      marks.push_back({at, std::to_string(day) + " " + text.substr(0, 3)});
    }
  }
  return marks;
}

}  // namespace minato::web
