#include "web/table/written_value.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "text/blanks.h"
#include "text/fold.h"
#include "text/japanese_date.h"
#include "text/numerals.h"

namespace minato::web {
namespace {

using core::ColumnType;
using text::CalendarDate;

constexpr std::size_t kMaxBytes = 100;
constexpr int kMonths = 12;
constexpr int kDays = 31;

struct Period {
  CalendarDate first;
  CalendarDate last;
};

std::optional<CalendarDate> day_of(const std::string& written) {
  text::Moment moment;
  const bool read = text::read_moment(written, moment) == text::Reading::kOk;
  return read && moment.has_date && !moment.has_time ? std::optional(moment.date) : std::nullopt;
}

// From the first to the last of these days that exist: an era may begin and end within a month.
template <typename Written>
std::optional<Period> period_of_days(int months, const Written& written) {
  std::optional<Period> period;
  for (int month = 1; month <= months; ++month) {
    for (int day = 1; day <= kDays; ++day) {
      const auto date = day_of(written(std::to_string(month), std::to_string(day)));
      if (date && !period) period = Period{*date, *date};
      if (date) period->last = *date;
    }
  }
  return period;
}

// `stem`: "2024", "令和6", "r6".
std::optional<Period> year_of(const std::string& stem) {
  return period_of_days(kMonths, [&](const std::string& month, const std::string& day) {
    return stem + "年" + month + "月" + day + "日";
  });
}

std::optional<Period> month_of(const std::string& written) {
  if (written.ends_with("月")) {
    return period_of_days(
        1, [&](const std::string&, const std::string& day) { return written + day + "日"; });
  }
  const std::size_t mark = written.find_first_of("-/.");
  if (mark == std::string::npos) return std::nullopt;
  return period_of_days(
      1, [&](const std::string&, const std::string& day) { return written + written[mark] + day; });
}

std::optional<Period> period_of(const std::string& written) {
  if (const auto day = day_of(written)) return Period{*day, *day};
  constexpr std::string_view kYear = "年";
  constexpr std::string_view kFiscal = "年度";
  if (written.ends_with(kFiscal)) {
    const auto year = year_of(written.substr(0, written.size() - kFiscal.size()));
    if (!year) return std::nullopt;
    return Period{{year->last.year, 4, 1}, {year->last.year + 1, 3, 31}};
  }
  if (written.ends_with(kYear)) return year_of(written.substr(0, written.size() - kYear.size()));
  if (const auto month = month_of(written)) return month;
  return year_of(written);
}

std::string iso(const CalendarDate& date) {
  std::array<char, text::kMaxIsoBytes> out{};
  return {out.data(), text::write_date(date, out.data())};
}

std::string day_after(CalendarDate date) {
  ++date.day;
  if (!text::exists(date)) date = {date.year, date.month + 1, 1};
  if (!text::exists(date)) date = {date.year + 1, 1, 1};
  return iso(date);
}

std::vector<WrittenTest> dates(const Period& period, const WrittenTest& written) {
  const std::string first = iso(period.first);
  const std::string last = iso(period.last);
  const std::string& op = written.op;
  if (first == last) return {{op, first}};
  if (op == "eq") return {{"gte", first}, {"lte", last}};
  if (op == "gte" || op == "lt") return {{op, first}};
  if (op == "gt" || op == "lte") return {{op, last}};
  return {written};
}

// The last day reaches to its midnight.
std::vector<WrittenTest> moments(const Period& period, const WrittenTest& written) {
  const std::string first = iso(period.first);
  const std::string end = day_after(period.last);
  const std::string& op = written.op;
  if (op == "eq") return {{"gte", first}, {"lt", end}};
  if (op == "gte" || op == "lt") return {{op, first}};
  if (op == "gt") return {{"gte", end}};
  if (op == "lte") return {{"lt", end}};
  return {written};
}

std::string moment_text(const std::string& plain, ColumnType type) {
  text::Moment moment;
  if (text::read_moment(plain, moment) != text::Reading::kOk || !moment.has_time) return "";
  if (moment.has_date != (type == ColumnType::kDatetime)) return "";
  std::array<char, text::kMaxIsoBytes> out{};
  const std::size_t size = moment.has_date ? text::write_datetime(moment, out.data())
                                           : text::write_time(moment.time, out.data());
  return {out.data(), size};
}

std::string number_text(std::string_view written, const std::string& unit) {
  if (!unit.empty() && written.ends_with(unit)) written.remove_suffix(unit.size());
  const text::Numeral numeral = text::read_numeral(text::trimmed(written));
  if (numeral.kind == text::NumeralKind::kInteger) return std::to_string(numeral.integer);
  if (numeral.kind != text::NumeralKind::kNumber) return "";
  std::array<char, 32> out{};
  const auto end = std::to_chars(out.data(), out.data() + out.size(), numeral.number);
  return {out.data(), end.ptr};
}

}  // namespace

std::vector<WrittenTest> tests_of(const core::TableColumn& column, const WrittenTest& written) {
  const std::string_view value = text::trimmed(written.value);
  const std::string as_is(value);
  if (value.size() > kMaxBytes) return {written};
  switch (column.type) {
    case ColumnType::kInteger:
    case ColumnType::kNumber: {
      const std::string number = number_text(value, column.unit);
      return {{written.op, number.empty() ? as_is : number}};
    }
    case ColumnType::kDate:
    case ColumnType::kDatetime: {
      const std::string plain = text::fold(value);
      const std::string moment = moment_text(plain, column.type);
      if (!moment.empty()) return {{written.op, moment}};
      const auto period = period_of(plain);
      if (!period) return {{written.op, as_is}};
      return column.type == ColumnType::kDate ? dates(*period, written) : moments(*period, written);
    }
    case ColumnType::kTime: {
      const std::string time = moment_text(text::fold(value), column.type);
      return {{written.op, time.empty() ? as_is : time}};
    }
    default:
      return {written};
  }
}

}  // namespace minato::web
