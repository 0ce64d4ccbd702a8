#include "harvest/sources/list_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/file_formats.h"
#include "core/time.h"
#include "core/url.h"
#include "text/blanks.h"
#include "text/fold.h"
#include "text/japanese_date.h"

namespace minato::harvest {
namespace {

constexpr std::array<std::string_view, 8> kListMarks{";", ",", "\n", "\r", "；", "，", "、", "､"};
constexpr std::array<std::string_view, 8> kMoreFormatMarks{"/", "・", "･",    "／",
                                                           "|", "+",  "及び", "および"};
constexpr std::size_t kMaxValues = 1'000;

void add_value(std::vector<std::string>& values, std::string_view value) {
  value = text::trimmed(value);
  if (value.empty() || values.size() >= kMaxValues) return;
  if (std::find(values.begin(), values.end(), value) == values.end()) values.emplace_back(value);
}

template <typename Marks>
std::size_t mark_at(std::string_view text, const Marks& marks) {
  for (const std::string_view mark : marks) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

template <typename Marks>
std::vector<std::string> split_at(std::string_view cell, const Marks& marks) {
  std::vector<std::string> values;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t mark = mark_at(cell.substr(at), marks);
    if (mark > 0) {
      add_value(values, cell.substr(begin, at - begin));
      begin = at + mark;
    }
    at += std::max<std::size_t>(mark, 1);
  }
  add_value(values, cell.substr(begin));
  return values;
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string written(const text::CalendarDate& date) {
  std::array<char, text::kMaxIsoBytes> out{};
  return {out.data(), text::write_date(date, out.data())};
}

std::string whole_date(std::string_view text) {
  text::Moment moment;
  if (text::read_moment(text, moment) == text::Reading::kOk && moment.has_date) {
    return written(moment.date);
  }
  text::CalendarDate date;
  if (text::read_compact_date(text, date) == text::Reading::kOk) return written(date);
  return {};
}

// Days since 1899-12-30, as spreadsheets count; from 1954 to 2064.
std::string serial_date(std::string_view text) {
  const auto days = is_digits(text) && text.size() == 5 ? number_of(text) : std::nullopt;
  if (!days || *days < 20'000 || *days > 60'000) return {};
  constexpr std::int64_t kDayUs = 86'400'000'000;
  constexpr std::int64_t kDaysToEpoch = 25'569;
  return core::to_rfc3339({(*days - kDaysToEpoch) * kDayUs}).substr(0, 10);
}

std::string_view without_suffix(std::string_view text, std::string_view suffix) {
  if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
  return text;
}

// The fiscal year of "令和2年度" or "2020年度"; 0: none.
int fiscal_year(std::string_view text) {
  constexpr std::string_view kYear = "年度";
  if (!text.ends_with(kYear)) return 0;
  text.remove_suffix(kYear.size());
  const std::string date = whole_date(std::string(text) + "年4月1日");
  return date.empty() ? 0 : number_of(date.substr(0, 4)).value_or(0);
}

}  // namespace

std::vector<std::string> split_values(std::string_view cell) { return split_at(cell, kListMarks); }

std::vector<std::string> split_formats(std::string_view cell) {
  std::vector<std::string> formats;
  for (const std::string& value : split_at(cell, kListMarks)) {
    if (core::find_file_format(value) != nullptr) {
      add_value(formats, value);
      continue;
    }
    for (const std::string& part : split_at(value, kMoreFormatMarks)) add_value(formats, part);
  }
  return formats;
}

std::vector<std::string> split_urls(std::string_view cell, std::string_view base) {
  const auto begins_url = [&cell](std::size_t at) {
    const std::string_view rest = cell.substr(at);
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) return false;
    // Not one that stands in another's path or query.
    return at == 0 || std::string_view("/=?&%").find(cell[at - 1]) == std::string_view::npos;
  };
  std::vector<std::string> urls;
  std::size_t begin = std::string_view::npos;
  const auto take = [&](std::size_t end) {
    if (begin == std::string_view::npos) return;
    std::string_view url = cell.substr(begin, end - begin);
    url = url.substr(0, url.find_first_of(" \t\r\n|<>\""));
    for (const std::string_view mark : {"　", "；", "、", "，", "。", "「", "」"}) {
      url = url.substr(0, url.find(mark));
    }
    while (!url.empty() && (url.back() == ';' || url.back() == ',')) url.remove_suffix(1);
    url = without_suffix(url, "）");
    if (const auto whole = core::resolve_url(base, url)) add_value(urls, *whole);
  };
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (!begins_url(at)) continue;
    take(at);
    begin = at;
  }
  take(cell.size());
  cell = text::trimmed(cell);
  const bool relative = cell.starts_with("/") || cell.starts_with("./") || cell.starts_with("../");
  if (urls.empty() && relative) {
    if (const auto whole = core::resolve_url(base, cell)) add_value(urls, *whole);
  }
  return urls;
}

std::string data_format_of(std::string_view url) {
  std::string format = core::format_of_url(url);
  if (format == "HTML") format.clear();
  url = url.substr(0, url.find('#'));
  const std::size_t query = url.find('?');
  if (!format.empty() || query == std::string_view::npos) return format;
  // download.jsp?param=14205_food_business_all.csv
  const std::size_t value = url.find_last_of("=/?");
  format = core::format_of_url(url.substr(value + 1));
  return format == "HTML" ? std::string() : format;
}

std::string iso_date(std::string_view cell) {
  const std::string folded = text::fold(cell);
  std::string_view text = text::trimmed(folded);
  for (const std::string_view suffix : {"現在", "時点", "更新", "公開"}) {
    text = without_suffix(text, suffix);
  }
  if (std::string date = whole_date(text); !date.empty()) return date;
  if (std::string date = serial_date(text); !date.empty()) return date;
  if (text.size() == 4 && is_digits(text)) return std::string(text);
  const std::string month(text);
  for (const std::string_view rest : {"1日", "/1", "-1", ".1"}) {
    if (const std::string date = whole_date(month + std::string(rest)); !date.empty()) {
      return date.substr(0, 7);
    }
  }
  if (!text.ends_with("年")) return {};
  const std::string date = whole_date(month + "12月31日");
  return date.substr(0, std::min<std::size_t>(date.size(), 4));
}

std::optional<core::Timestamp> first_moment(std::string_view iso_date) {
  std::string date(iso_date);
  if (date.size() == 4) date += "-01";
  if (date.size() == 7) date += "-01";
  return core::parse_iso8601(date);
}

std::optional<core::Period> read_period(std::string_view cell) {
  const std::string folded = text::fold(cell);  // every wave dash is "~" now
  const std::string_view text = text::trimmed(folded);
  if (const int year = fiscal_year(text); year > 0) {
    return core::Period{std::to_string(year) + "-04-01", std::to_string(year + 1) + "-03-31"};
  }
  for (const std::string_view mark : {"~", " - ", "から", "/"}) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view last =
        text::trimmed(without_suffix(text.substr(at + mark.size()), "まで"));
    const std::string_view first = text::trimmed(text.substr(0, at));
    core::Period period{iso_date(first), iso_date(last)};
    const bool reads = (first.empty() || !period.start.empty()) &&
                       (last.empty() || !period.end.empty()) && first.size() + last.size() > 0;
    if (reads) return period;
  }
  return std::nullopt;
}

std::optional<std::int64_t> read_size(std::string_view cell) {
  std::string text = text::fold(cell);
  std::erase_if(text, [](char c) { return c == ',' || c == ' '; });
  const std::size_t end = text.find_first_not_of("0123456789.");
  double number = 0;
  const std::size_t digits = std::min(end, text.size());
  const auto [stop, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc() || stop != text.data() + digits) return std::nullopt;
  const std::string_view unit = std::string_view(text).substr(digits);
  static const std::array<std::pair<std::string, double>, 13> kUnits{{
      {"", 1.0},
      {"b", 1.0},
      {"byte", 1.0},
      {"bytes", 1.0},
      {text::fold("バイト"), 1.0},
      {"kb", 1024.0},
      {"kib", 1024.0},
      {text::fold("キロバイト"), 1024.0},
      {"mb", 1024.0 * 1024},
      {"mib", 1024.0 * 1024},
      {text::fold("メガバイト"), 1024.0 * 1024},
      {"gb", 1024.0 * 1024 * 1024},
      {"gib", 1024.0 * 1024 * 1024},
  }};
  for (const auto& [name, factor] : kUnits) {
    if (unit == name && number * factor < 1e15) return static_cast<std::int64_t>(number * factor);
  }
  return std::nullopt;
}

bool is_running_number(std::string_view id) {
  const std::string folded = text::fold(id);
  return folded.size() <= 4 && is_digits(folded);
}

}  // namespace minato::harvest
