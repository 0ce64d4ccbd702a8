#include "formats/query/literal.h"

#include <array>
#include <charconv>
#include <cmath>

namespace minato::formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// `count` digits at the start of `text`, which moves behind them; -1: there are none.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return -1;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// "2024-04-01" at the start of `text`, which moves behind it.
bool take_date(std::string_view& text) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = take_digits(text, 4);
  if (year < 0 || !take(text, '-')) return false;
  const int month = take_digits(text, 2);
  if (month < 1 || month > 12 || !take(text, '-')) return false;
  const int day = take_digits(text, 2);
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const int last = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
  return day >= 1 && day <= last;
}

// "9:30", "09:30:00", "09:30:00.250" at the start of `text`; the result has seconds.
std::optional<std::string> take_time(std::string_view& text) {
  std::string time;
  if (text.size() > 1 && text[1] == ':') time = "0";
  const std::string_view start = text;
  const int hour = take_digits(text, time.empty() ? 2 : 1);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  const bool has_seconds = take(text, ':');
  if (has_seconds) {
    const int second = take_digits(text, 2);
    if (second < 0 || second > 59) return std::nullopt;
    if (take(text, '.')) {
      if (text.empty() || !is_digit(text.front())) return std::nullopt;
      while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    }
  }
  time += start.substr(0, start.size() - text.size());
  if (!has_seconds) time += ":00";
  return time;
}

// "", "Z", "+09:00" and nothing behind it.
bool is_zone(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  if (!take(text, '+') && !take(text, '-')) return false;
  const int hours = take_digits(text, 2);
  if (hours < 0 || hours > 14 || !take(text, ':')) return false;
  const int minutes = take_digits(text, 2);
  return minutes >= 0 && minutes <= 59 && text.empty();
}

std::optional<core::Value> date_of(std::string_view text) {
  std::string_view rest = text;
  if (!take_date(rest) || !rest.empty()) return std::nullopt;
  return core::Value(std::string(text));
}

std::optional<core::Value> datetime_of(std::string_view text) {
  std::string_view rest = text;
  if (!take_date(rest)) return std::nullopt;
  std::string value(text.substr(0, 10));
  if (rest.empty()) return core::Value(value + "T00:00:00");
  if (!take(rest, 'T') && !take(rest, ' ')) return std::nullopt;
  const auto time = take_time(rest);
  if (!time || !is_zone(rest)) return std::nullopt;
  return core::Value(value + "T" + *time + std::string(rest));
}

std::optional<core::Value> time_of(std::string_view text) {
  const auto time = take_time(text);
  if (!time || !text.empty()) return std::nullopt;
  return core::Value(*time);
}

std::optional<double> number_of(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<core::Value> integer_of(std::string_view text) {
  std::string_view digits = text;
  if (digits.size() > 1 && digits.front() == '+' && digits[1] != '-') digits.remove_prefix(1);
  std::int64_t integer = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, integer);
  if (error == std::errc() && rest == end) return core::Value(integer);
  const auto number = number_of(text);
  if (!number) return std::nullopt;
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (std::trunc(*number) == *number && std::abs(*number) <= kExact) {
    return core::Value(static_cast<std::int64_t>(*number));
  }
  return core::Value(*number);
}

std::optional<core::Value> boolean_of(std::string_view text) {
  std::string lower(text.substr(0, 6));
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower == "true" || lower == "1") return core::Value(true);
  if (lower == "false" || lower == "0") return core::Value(false);
  return std::nullopt;
}

}  // namespace

core::ColumnType operand_type(const core::Operand& operand, const core::TableSchema& schema) {
  using Function = core::ColumnFunction;
  if (operand.column == core::Operand::kRowId) return core::ColumnType::kInteger;
  if (operand.function == Function::kLower) return core::ColumnType::kString;
  if (operand.function != Function::kNone) return core::ColumnType::kInteger;
  return schema.columns[static_cast<std::size_t>(operand.column)].type;
}

bool is_text_type(core::ColumnType type) {
  return type != core::ColumnType::kInteger && type != core::ColumnType::kNumber &&
         type != core::ColumnType::kBoolean;
}

std::optional<core::Value> value_of_text(std::string_view text, core::ColumnType type) {
  switch (type) {
    case core::ColumnType::kInteger:
      return integer_of(text);
    case core::ColumnType::kNumber: {
      const auto number = number_of(text);
      return number ? std::optional<core::Value>(*number) : std::nullopt;
    }
    case core::ColumnType::kBoolean:
      return boolean_of(text);
    case core::ColumnType::kDate:
      return date_of(text);
    case core::ColumnType::kDatetime:
      return datetime_of(text);
    case core::ColumnType::kTime:
      return time_of(text);
    case core::ColumnType::kString:
      break;
  }
  return core::Value(std::string(text));
}

}  // namespace minato::formats
