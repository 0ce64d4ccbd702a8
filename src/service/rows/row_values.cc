#include "service/rows/row_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "core/utf8.h"
#include "tabular/types/cell_reader.h"
#include "text/japanese_date.h"

namespace minato::service {
namespace {

using core::ColumnType;
using core::Value;
using Fitted = tl::expected<Value, Misfit>;

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
constexpr std::size_t kShownBytes = 100;

struct TypeWords {
  ColumnType type;
  std::string_view postgres;
  std::string_view ja;
  core::LocalizedText hint;
};

const TypeWords& words_of(ColumnType type) {
  static const std::array<TypeWords, 7> kWords{{
      {ColumnType::kString, "text", "文字列", {"文字列を入れてください。", "Give a text."}},
      {ColumnType::kInteger,
       "bigint",
       "整数",
       {"整数を入れるか、空にしてください。", "Give an integer, or leave it empty."}},
      {ColumnType::kNumber,
       "double precision",
       "数値",
       {"数値を入れるか、空にしてください。", "Give a number, or leave it empty."}},
      {ColumnType::kBoolean,
       "boolean",
       "真偽値",
       {"true か false を入れてください。", "Give true or false."}},
      {ColumnType::kDate,
       "date",
       "日付",
       {"2024-04-01 の形で入れてください。", "Give it as 2024-04-01."}},
      {ColumnType::kDatetime,
       "timestamp",
       "日時",
       {"2024-04-01T09:30:00 の形で入れてください。", "Give it as 2024-04-01T09:30:00."}},
      {ColumnType::kTime,
       "time",
       "時刻",
       {"09:30:00 の形で入れてください。", "Give it as 09:30:00."}},
  }};
  return *std::find_if(kWords.begin(), kWords.end(),
                       [&](const auto& words) { return words.type == type; });
}

std::string shown(std::string_view text) {
  std::size_t end = std::min(text.size(), kShownBytes);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

template <typename Number>
std::string number_text(Number number) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

std::string text_of(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return number_text(*integer);
  if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
  return std::get<std::string>(value);
}

tl::unexpected<Misfit> misfit(const Value& value, ColumnType type) {
  const TypeWords& words = words_of(type);
  const std::string text = shown(text_of(value));
  return tl::unexpected(Misfit{
      {"「" + text + "」は" + std::string(words.ja) + "として読めません。",
       "invalid input syntax for type " + std::string(words.postgres) + ": \"" + text + "\""},
      words.hint});
}

tl::unexpected<Misfit> unusable_text(core::LocalizedText message) {
  return tl::unexpected(
      Misfit{std::move(message), {"その文字を取り除いてください。", "Take that character away."}});
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

Fitted fit_boolean(const Value& value, std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view yes : {"true", "t", "yes", "y", "on", "1"}) {
    if (lower == yes) return true;
  }
  for (const std::string_view no : {"false", "f", "no", "n", "off", "0"}) {
    if (lower == no) return false;
  }
  return misfit(value, ColumnType::kBoolean);
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "4/1/2024", which PostgreSQL reads month first, as "2024-4-1".
std::string with_year_first(std::string_view text) {
  for (const char separator : {'/', '-'}) {
    const auto first = text.find(separator);
    const auto second = text.find(separator, first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos || first > 2 || second - first > 3) continue;
    const auto month = text.substr(0, first);
    const auto day = text.substr(first + 1, second - first - 1);
    const auto year = text.substr(second + 1);
    if (year.size() != 4 || !all_digits(year) || !all_digits(month) || !all_digits(day)) continue;
    return std::string(year) + "-" + std::string(month) + "-" + std::string(day);
  }
  return std::string(text);
}

Fitted fit_text(const Value& value, std::string_view text, ColumnType type) {
  std::array<char, text::kMaxIsoBytes> scratch{};
  const tabular::ColumnReading column{type, true, 0};
  const auto read = tabular::read_cell(text, column, scratch);
  // Marks such as "-" are null in files; here they are a mistake.
  if (!read || std::holds_alternative<std::monostate>(*read)) return misfit(value, type);
  return core::to_value(*read);
}

Fitted fit_moment(const Value& value, std::string_view text, ColumnType type) {
  const std::string ordered = with_year_first(text);
  if (auto fitted = fit_text(value, ordered, type)) return fitted;
  if (type == ColumnType::kDatetime) {
    // A day alone is its beginning.
    if (auto day = fit_text(value, ordered, ColumnType::kDate)) {
      return std::get<std::string>(*day) + "T00:00:00";
    }
  }
  return misfit(value, type);
}

Fitted fit_number(const Value& value, ColumnType type) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    if (type == ColumnType::kInteger) return *integer;
    return static_cast<double>(*integer);
  }
  const double number = std::get<double>(value);
  if (type == ColumnType::kNumber) {
    if (std::isfinite(number)) return number;
  } else if (std::trunc(number) == number && std::abs(number) <= kExactIntegers) {
    return static_cast<std::int64_t>(number);
  }
  return misfit(value, type);
}

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

}  // namespace

Fitted fit_value(const Value& value, ColumnType type) {
  if (std::holds_alternative<std::monostate>(value)) return Value();
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (text->find('\0') != std::string::npos) {
      return unusable_text({"文字列に NUL 文字は使えません。",
                            "unsupported Unicode escape sequence: \\u0000 cannot be converted to "
                            "text"});
    }
    if (!core::is_valid_utf8(*text)) {
      return unusable_text(
          {"文字列が UTF-8 ではありません。", "invalid byte sequence for encoding \"UTF8\""});
    }
  }
  if (type == ColumnType::kString) return text_of(value);
  if ((type == ColumnType::kInteger || type == ColumnType::kNumber) && is_number(value)) {
    return fit_number(value, type);
  }
  if (type == ColumnType::kBoolean && std::holds_alternative<bool>(value)) return value;
  const std::string text = text_of(value);
  const std::string_view inner = trimmed(text);
  if (inner.empty()) return Value();
  if (type == ColumnType::kBoolean) return fit_boolean(value, inner);
  const bool is_text = std::holds_alternative<std::string>(value);
  if (!is_text) return misfit(value, type);
  if (type == ColumnType::kInteger || type == ColumnType::kNumber) {
    return fit_text(value, inner, type);
  }
  return fit_moment(value, inner, type);
}

}  // namespace minato::service
