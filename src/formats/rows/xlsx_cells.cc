#include "formats/rows/xlsx_cells.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/utf8.h"
#include "formats/rows/cell_text.h"

namespace minato::formats {
namespace {

XlsxWritten outcome(lxw_error error) {
  return error == LXW_NO_ERROR ? XlsxWritten::kYes : XlsxWritten::kFailed;
}

// Excel counts in UTF-16.
bool is_too_long(std::string_view text) {
  if (text.size() <= kMaxXlsxCellCharacters) return false;
  std::size_t units = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const auto c = core::next_code_point(text, offset);
    if (!c) ++offset;
    units += c && *c > 0xFFFF ? 2 : 1;
  }
  return units > kMaxXlsxCellCharacters;
}

// The number at the start of `text`, which moves behind it.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest == text.data()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return number;
}

bool take_sign(std::string_view& text, char sign) {
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  return true;
}

bool take_date(std::string_view& text, lxw_datetime& time) {
  constexpr int kFirstYear = 1900;
  constexpr int kLastYear = 9999;
  const auto year = take_number(text);
  if (!year || *year < kFirstYear || *year > kLastYear || !take_sign(text, '-')) return false;
  const auto month = take_number(text);
  if (!month || *month < 1 || *month > 12 || !take_sign(text, '-')) return false;
  const auto day = take_number(text);
  if (!day || *day < 1 || *day > 31) return false;
  time.year = *year;
  time.month = *month;
  time.day = *day;
  return true;
}

bool take_clock(std::string_view& text, lxw_datetime& time) {
  const auto hour = take_number(text);
  if (!hour || *hour < 0 || *hour > 23 || !take_sign(text, ':')) return false;
  const auto minute = take_number(text);
  if (!minute || *minute < 0 || *minute > 59) return false;
  time.hour = *hour;
  time.min = *minute;
  if (!take_sign(text, ':')) return true;
  double second = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, second);
  if (error != std::errc() || !(second >= 0 && second < 60)) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  time.sec = second;
  return true;
}

// Excel keeps a time of day as a fraction of a day.
double day_fraction(const lxw_datetime& time) {
  return (time.hour * 3600.0 + time.min * 60.0 + time.sec) / 86400.0;
}

}  // namespace

XlsxWritten XlsxCells::write(const XlsxCell& cell, const core::ValueView& value,
                             core::ColumnType type) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (type != core::ColumnType::kString && write_time(cell, *text, type)) {
      return XlsxWritten::kYes;
    }
    return write_text(cell, *text);
  }
  if (const auto* number = std::get_if<double>(&value)) return write_number(cell, *number);
  if (const auto* flag = std::get_if<bool>(&value)) {
    return outcome(
        worksheet_write_boolean(cell.sheet, cell.row, cell.column, *flag ? 1 : 0, nullptr));
  }
  const auto* integer = std::get_if<std::int64_t>(&value);
  if (integer == nullptr) return XlsxWritten::kYes;
  constexpr std::int64_t kExcelExact = 999'999'999'999'999;
  if (*integer >= -kExcelExact && *integer <= kExcelExact) {
    return write_number(cell, static_cast<double>(*integer));
  }
  return write_text(cell, std::to_string(*integer));
}

XlsxWritten XlsxCells::write_text(const XlsxCell& cell, std::string_view text, lxw_format* format) {
  if (text.empty()) return XlsxWritten::kYes;
  if (is_too_long(text)) return XlsxWritten::kTooLong;
  terminated_.assign(text);
  return outcome(
      worksheet_write_string(cell.sheet, cell.row, cell.column, terminated_.c_str(), format));
}

XlsxWritten XlsxCells::write_number(const XlsxCell& cell, double number) {
  if (!std::isfinite(number)) return XlsxWritten::kYes;
  return outcome(worksheet_write_number(cell.sheet, cell.row, cell.column, number, nullptr));
}

bool XlsxCells::write_time(const XlsxCell& cell, std::string_view text, core::ColumnType type) {
  lxw_datetime time{};
  if (type == core::ColumnType::kTime) {
    if (!take_clock(text, time) || !text.empty()) return false;
    return worksheet_write_number(cell.sheet, cell.row, cell.column, day_fraction(time),
                                  formats_.time) == LXW_NO_ERROR;
  }
  if (!take_date(text, time)) return false;
  const bool has_clock = take_sign(text, 'T');
  if ((has_clock && !take_clock(text, time)) || !text.empty()) return false;
  lxw_format* format = type == core::ColumnType::kDate ? formats_.date : formats_.datetime;
  return worksheet_write_datetime(cell.sheet, cell.row, cell.column, &time, format) == LXW_NO_ERROR;
}

}  // namespace minato::formats
